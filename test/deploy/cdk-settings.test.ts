import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jest } from '@jest/globals';
import { functionSettings } from '../../src/cli/config/function-settings.js';
import { toCdk, toCdkApp } from '../../src/cli/deploy/cdk/cdk.js';
import { readBlocks } from '../doc-blocks.js';
import { REPOSITORY } from '../projects.js';
import { writeCdkTsconfig } from './cdk-tsconfig.js';
import { CERTIFICATE, LAYER, QUEUE, SECRET, settingCases, TABLE, TOPIC } from './settings-rows.js';

// It starts compilers and aws-cdk-lib, which is large, beside all other tests.
jest.setTimeout(300_000);

const run = promisify(execFile);
const root = mkdtempSync(join(tmpdir(), 'twodoors-cdk-settings-'));
afterAll(() => rmSync(root, { recursive: true }));

type Resource = { Type: string; Properties?: Record<string, unknown>; DeletionPolicy?: string; DependsOn?: string[] };
type Template = {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown }>;
  Parameters?: object;
};
let templates: Record<string, Template>;
let cdkOutput: string;

/** What a team may write into its file: that of docs/deploy-cdk.md. */
const OWN_APP = readBlocks(readFileSync(join(REPOSITORY, 'docs/deploy-cdk.md'), 'utf8')).find(({ code }) =>
  code.startsWith('// deploy/cdk.ts\n'),
)!.code;

beforeAll(async () => {
  mkdirSync(join(root, 'build'));
  writeFileSync(join(root, 'build/lambda.zip'), 'a zip');
  const write = (name: string, stack: string, app: string) => {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'stack.ts'), stack);
    writeFileSync(join(root, name, 'cdk.ts'), app);
  };
  for (const { name, lambda } of settingCases) {
    const settings = functionSettings({ lambda }, 'app');
    write(name, toCdk(settings), toCdkApp(settings));
  }
  write('own', toCdk(functionSettings({ lambda: { functionName: 'my_app', alias: 'live' } }, 'app')), OWN_APP);
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

/** The properties of the resources of a type, by the last part of its name and that of its service. */
const resources = (name: string, type: string) =>
  Object.values(templates[name]!.Resources)
    .filter(({ Type }) => Type === `AWS::${type}`)
    .map(({ Properties = {} }) => Properties);

/** Matches objects that have at least these properties, at every depth. */
function partly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(partly);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return expect.objectContaining(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, partly(each)])));
}

test('CDK synthesises every app, without a warning', () => {
  expect(Object.keys(templates).sort()).toEqual([...settingCases.map(({ name }) => name), 'own'].sort());
  expect(cdkOutput).toBe('');
});

const all = ['url', 'http', 'rest', 'alb'];
const ref = (id: string) => ({ Ref: expect.stringMatching(new RegExp(`^${id}`)) });
const alias = ref('FunctionAliaslive');
const alarm = {
  Period: 300,
  EvaluationPeriods: 1,
  TreatMissingData: 'notBreaching',
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
};
const ofFunction = {
  ...alarm,
  Namespace: 'AWS/Lambda',
  Dimensions: [{ Name: 'FunctionName', Value: ref('Function') }],
};
const logDestination = {
  DestinationArn: { 'Fn::GetAtt': [expect.stringMatching(/^AccessLogs/), 'Arn'] },
  Format: expect.stringContaining('"integrationError":"$context.integration.error"'),
};
const policy = (Statement: object) => ({ PolicyDocument: { Statement: expect.arrayContaining([partly(Statement)]) } });
const throttles = { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 };
const invoke = { Action: 'lambda:InvokeFunction', FunctionName: alias };

/** What a setting adds or changes: behind which gateways, the type of a resource, and some of its properties. */
const ROWS: readonly (readonly [setting: string, gateways: readonly string[], type: string, expected: object])[] = [
  ['reservedConcurrency', all, 'Lambda::Function', { ReservedConcurrentExecutions: 20 }],
  ['tracing', all, 'Lambda::Function', { TracingConfig: { Mode: 'Active' } }],
  ['tracing', all, 'IAM::Policy', policy({ Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'] })],
  ['tracing', ['rest'], 'ApiGateway::Stage', { TracingEnabled: true }],
  [
    'alias',
    all,
    'Lambda::Alias',
    { Name: 'live', FunctionVersion: { 'Fn::GetAtt': [expect.stringMatching(/^FunctionCurrentVersion/), 'Version'] } },
  ],
  ['alias', ['url'], 'Lambda::Url', { Qualifier: 'live' }],
  ['alias', ['url'], 'Lambda::Permission', { ...invoke, InvokedViaFunctionUrl: true }],
  ['alias', ['http', 'rest', 'alb'], 'Lambda::Permission', invoke],
  ['alias', ['http'], 'ApiGatewayV2::Integration', { IntegrationUri: alias }],
  ['alias', ['alb'], 'ElasticLoadBalancingV2::TargetGroup', { Targets: [{ Id: alias }] }],
  ['layers', all, 'Lambda::Function', { Layers: [LAYER] }],
  [
    'secrets',
    all,
    'Lambda::Function',
    {
      Environment: {
        Variables: {
          PASSWORD: '{{resolve:secretsmanager:prod/db:SecretString:password::}}',
          MAIL: `{{resolve:secretsmanager:${SECRET}:SecretString:::}}`,
        },
      },
    },
  ],
  [
    'policies',
    all,
    'IAM::Policy',
    policy({ Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:PutItem'], Resource: TABLE }),
  ],
  [
    'policies',
    all,
    'IAM::Policy',
    policy({ Effect: 'Deny', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::files/${aws:username}/*' }),
  ],
  [
    'vpc',
    all,
    'Lambda::Function',
    {
      VpcConfig: {
        SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
        SecurityGroupIds: ['sg-0123456789abcdef0'],
      },
    },
  ],
  ['vpc', all, 'IAM::Policy', policy({ Action: expect.arrayContaining(['ec2:CreateNetworkInterface']) })],
  [
    'tags',
    all,
    'Lambda::Function',
    {
      Tags: [
        { Key: 'cost-center', Value: '4711' },
        { Key: 'team', Value: 'web @ home' },
      ],
    },
  ],
  [
    'tags',
    all,
    'Logs::LogGroup',
    {
      Tags: [
        { Key: 'cost-center', Value: '4711' },
        { Key: 'team', Value: 'web @ home' },
      ],
    },
  ],
  [
    'logFormat',
    all,
    'Lambda::Function',
    { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'DEBUG', SystemLogLevel: 'WARN' } },
  ],
  ['urlAuth', ['url'], 'Lambda::Url', { AuthType: 'AWS_IAM' }],
  ['nothing', ['url'], 'Lambda::Url', { AuthType: 'NONE' }],
  [
    'domain',
    ['http'],
    'ApiGatewayV2::DomainName',
    {
      DomainName: 'www.example.com',
      DomainNameConfigurations: [{ CertificateArn: CERTIFICATE, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }],
    },
  ],
  ['domain', ['http'], 'ApiGatewayV2::ApiMapping', { ApiId: ref('Api'), Stage: '$default' }],
  [
    'domain',
    ['rest'],
    'ApiGateway::DomainName',
    {
      DomainName: 'www.example.com',
      RegionalCertificateArn: CERTIFICATE,
      SecurityPolicy: 'TLS_1_2',
      EndpointConfiguration: { Types: ['REGIONAL'] },
    },
  ],
  ['domain', ['rest'], 'ApiGateway::BasePathMapping', { Stage: ref('Api') }],
  [
    'domain',
    ['alb'],
    'ElasticLoadBalancingV2::Listener',
    { Port: 443, Protocol: 'HTTPS', Certificates: [{ CertificateArn: CERTIFICATE }] },
  ],
  [
    'domain',
    ['alb'],
    'ElasticLoadBalancingV2::Listener',
    {
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [
        { Type: 'redirect', RedirectConfig: { Port: '443', Protocol: 'HTTPS', StatusCode: 'HTTP_301' } },
      ],
    },
  ],
  [
    'domain',
    ['alb'],
    'EC2::SecurityGroup',
    {
      SecurityGroupIngress: [
        { FromPort: 80, ToPort: 80 },
        { FromPort: 443, ToPort: 443 },
      ],
    },
  ],
  [
    'domain-zone',
    ['http', 'rest', 'alb'],
    'Route53::RecordSet',
    {
      Name: 'www.example.com.',
      Type: 'A',
      HostedZoneId: 'Z0123456789',
      AliasTarget: { DNSName: { 'Fn::GetAtt': expect.anything() }, HostedZoneId: { 'Fn::GetAtt': expect.anything() } },
    },
  ],
  [
    'throttling',
    ['http'],
    'ApiGatewayV2::Stage',
    { StageName: '$default', AutoDeploy: true, DefaultRouteSettings: throttles },
  ],
  [
    'throttling',
    ['rest'],
    'ApiGateway::Stage',
    { MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', ...throttles }] },
  ],
  [
    'accessLogs',
    ['http'],
    'ApiGatewayV2::Stage',
    { StageName: '$default', AutoDeploy: true, AccessLogSettings: logDestination },
  ],
  ['accessLogs', ['rest'], 'ApiGateway::Stage', { AccessLogSetting: logDestination }],
  [
    'accessLogs',
    ['http', 'rest'],
    'Logs::LogGroup',
    { LogGroupName: '/aws/vendedlogs/apigateway/my_app', RetentionInDays: 90 },
  ],
  [
    'accessLogs-bucket',
    ['alb'],
    'ElasticLoadBalancingV2::LoadBalancer',
    {
      LoadBalancerAttributes: [
        { Key: 'access_logs.s3.enabled', Value: 'true' },
        { Key: 'access_logs.s3.bucket', Value: 'our-logs' },
        { Key: 'access_logs.s3.prefix', Value: 'app' },
      ],
    },
  ],
  [
    'alarms',
    all,
    'CloudWatch::Alarm',
    { ...ofFunction, AlarmName: 'my_app-errors', MetricName: 'Errors', Statistic: 'Sum', Threshold: 1 },
  ],
  ['alarms', all, 'CloudWatch::Alarm', { ...ofFunction, MetricName: 'Throttles', Statistic: 'Sum', Threshold: 1 }],
  [
    'alarms',
    all,
    'CloudWatch::Alarm',
    { ...ofFunction, MetricName: 'Duration', ExtendedStatistic: 'p99', Threshold: 15_000 },
  ],
  [
    'alarms',
    ['url'],
    'CloudWatch::Alarm',
    { ...ofFunction, MetricName: 'Url5xxCount', Statistic: 'Sum', Threshold: 5 },
  ],
  [
    'alarms',
    ['http'],
    'CloudWatch::Alarm',
    {
      ...alarm,
      Namespace: 'AWS/ApiGateway',
      MetricName: '5xx',
      Statistic: 'Sum',
      Dimensions: [{ Name: 'ApiId', Value: ref('Api') }],
    },
  ],
  [
    'alarms',
    ['rest'],
    'CloudWatch::Alarm',
    {
      ...alarm,
      Namespace: 'AWS/ApiGateway',
      MetricName: '5XXError',
      Statistic: 'Sum',
      Dimensions: [{ Name: 'ApiName', Value: 'my_app' }],
    },
  ],
  [
    'alarms',
    ['alb'],
    'CloudWatch::Alarm',
    {
      Threshold: 5,
      Metrics: [
        { Expression: 'FILL(m1, 0) + FILL(m2, 0)' },
        ...['HTTPCode_Target_5XX_Count', 'HTTPCode_ELB_5XX_Count'].map((MetricName) => ({
          ReturnData: false,
          MetricStat: {
            Stat: 'Sum',
            Period: 300,
            Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions: [{ Name: 'LoadBalancer' }] },
          },
        })),
      ],
    },
  ],
  [
    'alarms-some',
    all,
    'CloudWatch::Alarm',
    { AlarmName: 'my_app-errors', Threshold: 3, AlarmActions: [TOPIC], OKActions: [TOPIC] },
  ],
  ['alarms-some', all, 'CloudWatch::Alarm', { AlarmName: 'my_app-p99', Threshold: 1500 }],
  ['alarms-some', all, 'CloudWatch::Alarm', { AlarmName: 'my_app-server-errors', Threshold: 7, AlarmActions: [TOPIC] }],
  ['schedules', all, 'Events::Rule', { ScheduleExpression: 'rate(5 minutes)' }],
  [
    'schedules',
    all,
    'Events::Rule',
    {
      ScheduleExpression: 'cron(0 6 * * ? *)',
      Targets: [{ Input: `{"job":"the day's","parts":[1,"two",null,{"a-b":true}]}` }],
    },
  ],
  ['schedules', all, 'Lambda::Permission', { Principal: 'events.amazonaws.com' }],
  [
    'queues',
    all,
    'Lambda::EventSourceMapping',
    { EventSourceArn: QUEUE, BatchSize: 5, FunctionResponseTypes: ['ReportBatchItemFailures'] },
  ],
  [
    'queues',
    all,
    'IAM::Policy',
    policy({ Action: expect.arrayContaining(['sqs:ReceiveMessage', 'sqs:DeleteMessage']), Resource: QUEUE }),
  ],
  ['all', all, 'Events::Rule', { ScheduleExpression: 'rate(5 minutes)', Targets: [{ Arn: alias }] }],
  ['all', all, 'Lambda::EventSourceMapping', { EventSourceArn: QUEUE }],
];

test.each(
  ROWS.flatMap(([setting, gateways, ...rest]) =>
    gateways.map((gateway) => [`${gateway}-${setting}`, ...rest] as const),
  ),
)('%s: %s', (name, type, expected) => {
  expect(resources(name, type)).toEqual(expect.arrayContaining([partly(expected)]));
});

/** How many resources of a type there are. */
test.each([
  ['url-urlAuth', 'Lambda::Permission', 0],
  ['url-nothing', 'Lambda::Permission', 2],
  ['url-nothing', 'Lambda::Version', 0],
  ['http-nothing', 'CloudWatch::Alarm', 0],
  ['http-alarms-some', 'CloudWatch::Alarm', 3],
  ['http-domain', 'Route53::RecordSet', 0],
  ['http-accessLogs', 'ApiGatewayV2::Stage', 1],
  ['alb-nothing', 'ElasticLoadBalancingV2::Listener', 2],
  ['rest-nothing', 'Logs::LogGroup', 1],
])('%s has as many of %s: %i', (name, type, count) => expect(resources(name, type)).toHaveLength(count));

test.each(settingCases.map(({ name }) => name))('%s keeps the ids of what there was before', (name) => {
  const [gateway] = name.split('-');
  // Permissions and targets are named after what they call; a deployment of a REST API has a hash in its id.
  const isNamedByContent = /^AWS::(?:Lambda::Permission|Lambda::Url|ApiGateway::Deployment)$/;
  const ids = (of: string) =>
    Object.entries(templates[of]!.Resources)
      .filter(([, { Type }]) => !isNamedByContent.test(Type))
      .map(([id]) => id);
  expect(ids(name)).toEqual(expect.arrayContaining(ids(`${gateway}-nothing`)));
});

test('a function in a VPC waits for the permissions that it is created with', () => {
  const { DependsOn } = templates['http-vpc']!.Resources['Function76856677']!;
  expect(DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^RoleDefaultPolicy/)]));
});

test('the version that an alias leaves stays, so that one can go back', () => {
  const versions = Object.values(templates['http-alias']!.Resources).filter(
    ({ Type }) => Type === 'AWS::Lambda::Version',
  );
  expect(versions).toMatchObject([{ DeletionPolicy: 'Retain' }]);
});

test.each(['http', 'rest', 'alb'])(
  '%s: without a hosted zone, an output says where the record must lead',
  (gateway) => {
    expect(templates[`${gateway}-domain`]!.Outputs).toMatchObject({
      DomainTarget: { Value: { 'Fn::GetAtt': expect.anything() } },
      Url: { Value: 'https://www.example.com' },
    });
    expect(templates[`${gateway}-domain-zone`]!.Outputs).not.toHaveProperty('DomainTarget');
  },
);

test('with the parameter for a certificate, a load balancer redirects HTTP to HTTPS, and is open for both', () => {
  const { Resources } = templates['alb-nothing']!;
  expect(Resources['RedirectListener']).toMatchObject({
    Condition: 'HasCertificate',
    DependsOn: ['Listener'],
    Properties: { Port: 80, DefaultActions: [{ Type: 'redirect' }] },
  });
  expect(Resources['SecurityGroup']!.Properties!['SecurityGroupIngress']).toEqual([
    expect.objectContaining({ FromPort: 80, ToPort: 80 }),
    { 'Fn::If': ['HasCertificate', expect.objectContaining({ FromPort: 443, ToPort: 443 }), { Ref: 'AWS::NoValue' }] },
  ]);
});

test('with a domain, a load balancer needs no parameter for the certificate', () => {
  expect(templates['alb-domain']!.Parameters).not.toHaveProperty('CertificateArn');
});

test("a team's own app adds to the stack, and keeps what the settings say", () => {
  expect(resources('own', 'Lambda::Function')).toMatchObject([
    {
      FunctionName: 'my_app',
      EphemeralStorage: { Size: 1024 },
      Environment: { Variables: { TABLE: ref('Orders') } },
    },
  ]);
  expect(resources('own', 'IAM::Policy')).toEqual([
    partly(policy({ Action: expect.arrayContaining(['dynamodb:PutItem']) })),
  ]);
});

test('the zip of a stage lies two folders up', () => {
  const lambda = { functionName: 'my-app', stages: { prod: { memorySize: 1024 } } };
  const settings = functionSettings({ lambda }, 'app', 'prod');
  expect(toCdk(settings)).toContain("new URL('../../build/lambda.zip', import.meta.url)");
  expect(toCdkApp(settings)).toContain("new Stack(new cdk.App(), 'my-app-prod');");
});

test('a stack with every setting is a page that one can read', () => {
  for (const gateway of all) {
    const lines = readFileSync(join(root, `${gateway}-all/stack.ts`), 'utf8').split('\n');
    expect(lines.length).toBeLessThan(300);
    expect(lines.filter((line) => line.length > 140)).toEqual([]);
  }
});

const hasCfnLint = (() => {
  try {
    execFileSync('cfn-lint', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

(hasCfnLint ? test : test.skip)('cfn-lint finds no error in the templates (needs cfn-lint)', async () => {
  const files = [...settingCases.map(({ name }) => name), 'own'].map((name) => {
    const folder = join(root, name, 'cdk.out');
    return join(folder, readdirSync(folder).find((file) => file.endsWith('.template.json'))!);
  });
  // CDK itself lists a dependency twice (W3005).
  const { stdout } = await run('cfn-lint', ['--ignore-checks', 'W3005', '--', ...files]).catch(
    (failure: { stdout: string }) => failure,
  );
  // Of the tags of a listener, CDK's schema knows, and that of cfn-lint 1.51 does not.
  const tags = /E3002 Additional properties are not allowed \('Tags' was unexpected\)\n(.*\/alb-(?:all|tags)\/.*)\n\n/g;
  expect(stdout.replaceAll(tags, '')).toBe('');
});
