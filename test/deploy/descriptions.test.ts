import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jest } from '@jest/globals';
import { REPOSITORY } from '../projects.js';
import { writeCdkTsconfig } from './cdk-tsconfig.js';
import { combinations, ENVIRONMENT, writeDeployFiles } from './combinations.js';

// It starts compilers and aws-cdk-lib, which is large, beside all other tests.
jest.setTimeout(300_000);

const run = promisify(execFile);
const root = mkdtempSync(join(tmpdir(), 'twodoors-deploy-'));
/** The template that aws-cdk-lib made of each file that it can read, by name. */
let templates: Record<string, { Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }> }>;
let cdkOutput: string;

beforeAll(async () => {
  writeDeployFiles(root);
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  writeCdkTsconfig(root);
  await run(process.execPath, [join(REPOSITORY, 'node_modules/typescript/bin/tsc'), '-p', root]).catch(
    ({ stdout }: { stdout: string }) => {
      throw new Error(stdout);
    },
  );
  const output = join(root, 'templates.json');
  const script = join(REPOSITORY, 'test/deploy/synthesise.js');
  ({ stderr: cdkOutput } = await run(process.execPath, [script, root, output], {
    env: { ...process.env, NODE_OPTIONS: '' },
  }));
  templates = JSON.parse(readFileSync(output, 'utf8'));
});
afterAll(() => rmSync(root, { recursive: true }));

/** The resources of a type, in the template of that name. */
const resources = (name: string, type: string) =>
  Object.values(templates[name]!.Resources)
    .filter((resource) => resource.Type === type)
    .map(({ Properties }) => Properties as Record<string, never>);

test('CDK reads every template, and synthesises every CDK app, without a warning', () => {
  expect(Object.keys(templates).sort()).toEqual(
    combinations
      .filter(({ tool }) => tool !== 'terraform')
      .map(({ name }) => name)
      .sort(),
  );
  expect(cdkOutput).toBe('');
});

describe.each(combinations.filter(({ tool }) => tool !== 'terraform'))(
  '$name',
  ({ tool, name, gateway, isStreaming }) => {
    test('contains the function as in the config', () => {
      const [lambda] = resources(name, tool === 'sam' ? 'AWS::Serverless::Function' : 'AWS::Lambda::Function');
      expect(lambda).toMatchObject({
        FunctionName: 'my_app',
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
        Architectures: ['x86_64'],
        MemorySize: 1024,
        Timeout: 17,
        Environment: { Variables: ENVIRONMENT },
        LoggingConfig: { LogGroup: { Ref: expect.any(String) } },
      });
    });

    test('keeps its logs for a limited time, and may only write logs', () => {
      expect(resources(name, 'AWS::Logs::LogGroup')).toEqual([
        { LogGroupName: '/aws/lambda/my_app', RetentionInDays: 90 },
      ]);
      const roles = resources(name, 'AWS::IAM::Role');
      expect(roles).toHaveLength(1);
      expect(roles[0]).not.toHaveProperty('ManagedPolicyArns');
      const policies = [
        ...((roles[0]!['Policies'] as object[] | undefined) ?? []),
        ...resources(name, 'AWS::IAM::Policy'),
      ];
      expect(policies).toEqual([
        expect.objectContaining({
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                Resource: { 'Fn::GetAtt': expect.anything() },
              },
            ],
          },
        }),
      ]);
      expect(JSON.stringify(policies)).toMatch(/"Fn::GetAtt":(?:"LogGroup\.Arn"|\["LogGroup\w*","Arn"\])/);
    });

    test(`has ${gateway} in gateway of it`, () => FACTS[gateway](name, isStreaming, tool === 'sam'));
  },
);

const CORS_PROPERTIES = {
  AllowOrigins: ['https://www.example.com'],
  AllowMethods: ['GET', 'POST'],
  AllowHeaders: ['content-type'],
  ExposeHeaders: ['x-total'],
  MaxAge: 600,
  AllowCredentials: true,
};

/** What each gateway needs. */
const FACTS = {
  url(name: string, isStreaming: boolean) {
    expect(resources(name, 'AWS::Lambda::Url')).toEqual([
      expect.objectContaining({
        AuthType: 'NONE',
        InvokeMode: isStreaming ? 'RESPONSE_STREAM' : 'BUFFERED',
        Cors: CORS_PROPERTIES,
      }),
    ]);
    expect(resources(name, 'AWS::Lambda::Permission').map(({ FunctionName, ...rest }) => rest)).toEqual([
      { Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: 'NONE' },
      { Action: 'lambda:InvokeFunction', Principal: '*', InvokedViaFunctionUrl: true },
    ]);
  },
  http(name: string, _isStreaming: boolean, isSam: boolean) {
    const [api] = resources(name, isSam ? 'AWS::Serverless::HttpApi' : 'AWS::ApiGatewayV2::Api');
    expect(api).toMatchObject({ CorsConfiguration: CORS_PROPERTIES });
    if (isSam) return;
    expect(resources(name, 'AWS::ApiGatewayV2::Integration')).toMatchObject([{ PayloadFormatVersion: '2.0' }]);
    expect(resources(name, 'AWS::ApiGatewayV2::Route')).toMatchObject([{ RouteKey: '$default' }]);
    expect(resources(name, 'AWS::ApiGatewayV2::Stage')).toMatchObject([{ StageName: '$default', AutoDeploy: true }]);
    expect(resources(name, 'AWS::Lambda::Permission')).toMatchObject([{ Principal: 'apigateway.amazonaws.com' }]);
  },
  rest(name: string, isStreaming: boolean, isSam: boolean) {
    const [api] = resources(name, isSam ? 'AWS::Serverless::Api' : 'AWS::ApiGateway::RestApi');
    expect(api).toMatchObject({ BinaryMediaTypes: ['*/*'] });
    const stream = isStreaming ? { ResponseTransferMode: 'STREAM', TimeoutInMillis: 17_000 } : {};
    if (isSam) {
      const { Events } = resources(name, 'AWS::Serverless::Function')[0]!;
      const event = (Path: string) => ({
        Type: 'Api',
        Properties: { RestApiId: { Ref: 'Api' }, Path, Method: 'ANY', ...stream },
      });
      expect(Events).toEqual({ Root: event('/'), Proxy: event('/{proxy+}') });
      return;
    }
    const methods = resources(name, 'AWS::ApiGateway::Method');
    expect(methods).toHaveLength(2);
    for (const { HttpMethod, Integration } of methods as Record<string, object>[]) {
      expect(HttpMethod).toBe('ANY');
      const { Uri, ...integration } = Integration as { Uri: object };
      expect(integration).toEqual({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', ...stream });
      expect(JSON.stringify(Uri)).toMatch(
        isStreaming
          ? /:lambda:path\/2021-11-15\/functions\/.*\/response-streaming-invocations"/
          : /:lambda:path\/2015-03-31\/functions\/.*\/invocations"/,
      );
    }
    for (const permission of resources(name, 'AWS::Lambda::Permission')) {
      expect(permission).toMatchObject({ Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' });
    }
  },
  alb(name: string) {
    expect(resources(name, 'AWS::ElasticLoadBalancingV2::TargetGroup')).toMatchObject([
      { TargetType: 'lambda', TargetGroupAttributes: [{ Key: 'lambda.multi_value_headers.enabled', Value: 'true' }] },
    ]);
    expect(resources(name, 'AWS::ElasticLoadBalancingV2::LoadBalancer')).toMatchObject([
      { Subnets: { Ref: 'SubnetIds' } },
    ]);
    expect(resources(name, 'AWS::EC2::SecurityGroup')).toMatchObject([{ VpcId: { Ref: 'VpcId' } }]);
    expect(resources(name, 'AWS::Lambda::Permission')).toMatchObject([
      { Action: 'lambda:InvokeFunction', Principal: 'elasticloadbalancing.amazonaws.com' },
    ]);
  },
};

/** The path of a command, or undefined where it is not installed. */
function which(command: string): string | undefined {
  try {
    return execFileSync('which', [command], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

const isThere = { 'cfn-lint': which('cfn-lint') !== undefined };
const testIf = (condition: boolean) => (condition ? test : test.skip);

testIf(isThere['cfn-lint'])('cfn-lint has no remarks on a template (needs cfn-lint)', async () => {
  const files = combinations
    .filter(({ tool }) => tool === 'sam' || tool === 'cloudformation')
    .flatMap(({ name }) =>
      readdirSync(join(root, name))
        .filter((file) => file.endsWith('.yaml'))
        .map((file) => join(root, name, file)),
    );
  expect(files).toHaveLength(12);
  const { stdout } = await run('cfn-lint', files).catch((failure: { stdout: string }) => failure);
  expect(stdout).toBe('');
});

testIf(isThere['cfn-lint'])('cfn-lint finds no error in the templates of CDK (needs cfn-lint)', async () => {
  const files = combinations
    .filter(({ tool }) => tool === 'cdk')
    .map(({ name }) => join(root, name, 'cdk.out/my-app.template.json'));
  // CDK itself lists a dependency twice (W3005).
  const { stdout } = await run('cfn-lint', ['--ignore-checks', 'W3005', '--', ...files]).catch(
    (failure: { stdout: string }) => failure,
  );
  expect(stdout).toBe('');
});
