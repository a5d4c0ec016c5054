import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jest } from '@jest/globals';
import type { LambdaConfig } from '../../src/cli/config/config.js';
import { functionSettings } from '../../src/cli/config/function-settings.js';
import type { DeployedGateway } from '../../src/cli/config/gateways.js';
import { generateDeployFile } from '../../src/cli/deploy/generate.js';
import { REPOSITORY } from '../projects.js';
import { DOMAIN, everySetting, LAYER, QUEUE, SETTINGS, settingsOf, TOPIC } from './settings.js';

// Each setting on its own and all together, in SAM's and CloudFormation's templates.

jest.setTimeout(400_000);

const run = promisify(execFile);
const root = mkdtempSync(join(tmpdir(), 'twodoors-settings-'));
afterAll(() => rmSync(root, { recursive: true }));

type Tool = 'sam' | 'cloudformation';
// biome-ignore lint/suspicious/noExplicitAny: what the properties of a template are
type Values = Record<string, any>;

const TOOLS = ['sam', 'cloudformation'] as const;
const GATEWAYS = ['url', 'http', 'rest', 'alb'] as const;

/** Settings that are the same behind every gateway: one is enough. */
const ONLY_FUNCTION = ['concurrency', 'layers', 'secrets', 'policies', 'vpc', 'json logs'];

const nameOf = (tool: Tool, gateway: DeployedGateway, setting: string) =>
  `${tool}-${gateway}-${setting.replaceAll(' ', '-')}`;

const generate = (tool: Tool, gateway: DeployedGateway, lambda: LambdaConfig, stage?: string) =>
  generateDeployFile(tool, functionSettings({ lambda: { functionName: 'hello', ...lambda, gateway } }, 'app', stage), {
    codeSha256: 'of-the-zip',
  }).content;

/** The templates, by name. */
const written: Record<string, string> = {};
/** What aws-cdk-lib read of each. */
let templates: Record<string, { Resources: Record<string, { Type: string; Properties: Values }>; Outputs: Values }>;

beforeAll(async () => {
  for (const tool of TOOLS) {
    for (const gateway of GATEWAYS) {
      const own = settingsOf(gateway).filter(([name]) => gateway === 'url' || !ONLY_FUNCTION.includes(name));
      for (const [setting, lambda] of own) written[nameOf(tool, gateway, setting)] = generate(tool, gateway, lambda);
      const all = { ...everySetting(gateway), stages: { prod: {} } };
      written[nameOf(tool, gateway, 'all')] = generate(tool, gateway, all, 'prod');
    }
  }
  for (const [name, content] of Object.entries(written)) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'template.yaml'), content);
  }
  const output = join(root, '../', `${root.split('/').pop()}.json`);
  const script = join(REPOSITORY, 'test/deploy/synthesise.js');
  await run(process.execPath, [script, root, output], { env: { ...process.env, NODE_OPTIONS: '' } });
  templates = JSON.parse(readFileSync(output, 'utf8'));
  rmSync(output);
});

test('aws-cdk-lib reads every template', () => {
  expect(Object.keys(templates).sort()).toEqual(Object.keys(written).sort());
});

const hasLint = spawnSync('cfn-lint', ['--version']).status === 0;

(hasLint ? test : test.skip)('cfn-lint, with the transform of SAM, has no remarks (needs cfn-lint)', async () => {
  const files = Object.keys(written).map((name) => join(root, name, 'template.yaml'));
  const { stdout } = await run('cfn-lint', files).catch((failure: { stdout: string }) => failure);
  expect(stdout).toBe('');
});

/** The resources of a type, in a template. */
function resources(name: string, type: string): Values[] {
  return Object.values(templates[name]!.Resources)
    .filter((resource) => resource.Type === type)
    .map(({ Properties }) => Properties);
}

const functionOf = (tool: Tool, name: string): Values =>
  resources(name, tool === 'sam' ? 'AWS::Serverless::Function' : 'AWS::Lambda::Function')[0]!;

/** What the role may do beside writing logs: statements by the name of the policy. */
const policiesOf = (name: string) =>
  Object.fromEntries(
    (resources(name, 'AWS::IAM::Role')[0]!['Policies'] as { PolicyName: string; PolicyDocument: Values }[])
      .map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument['Statement']])
      .filter(([policy]) => policy !== 'logs'),
  );

describe.each(TOOLS)('%s: the function', (tool) => {
  const rows: [setting: string, properties: object][] = [
    ['concurrency', { ReservedConcurrentExecutions: 20 }],
    ['tracing', tool === 'sam' ? { Tracing: 'Active' } : { TracingConfig: { Mode: 'Active' } }],
    ['layers', { Layers: [LAYER] }],
    [
      'secrets',
      {
        Environment: {
          Variables: {
            PLAIN: 'yes',
            TOKEN: '{{resolve:secretsmanager:prod/token}}',
            PASSWORD: '{{resolve:secretsmanager:prod/db:SecretString:password}}',
            BY_ARN:
              '{{resolve:secretsmanager:arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-AbCdEf:SecretString:user}}',
          },
        },
      },
    ],
    [
      'vpc',
      {
        VpcConfig: {
          SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
          SecurityGroupIds: ['sg-0123456789abcdef0'],
        },
      },
    ],
    [
      'json logs',
      {
        LoggingConfig: {
          LogFormat: 'JSON',
          ApplicationLogLevel: 'WARN',
          SystemLogLevel: 'INFO',
          LogGroup: { Ref: 'LogGroup' },
        },
      },
    ],
  ];
  test.each(rows)('has %s', (setting, properties) => {
    expect(functionOf(tool, nameOf(tool, 'url', setting))).toMatchObject(properties);
  });

  const permissions: [setting: string, policies: object][] = [
    ['concurrency', {}],
    [
      'tracing',
      { tracing: [{ Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' }] },
    ],
    ['vpc', { vpc: [expect.objectContaining({ Action: expect.arrayContaining(['ec2:CreateNetworkInterface']) })] }],
    [
      'queues',
      {
        queues: [
          {
            Effect: 'Allow',
            Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
            Resource: [QUEUE, `${QUEUE}-2.fifo`],
          },
        ],
      },
    ],
    [
      'policies',
      {
        app: [
          {
            Effect: 'Allow',
            Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
            Resource: ['arn:aws:dynamodb:eu-central-1:123456789012:table/loans'],
          },
          { Effect: 'Deny', Action: ['s3:DeleteObject'], Resource: ['*'] },
        ],
      },
    ],
  ];
  test.each(permissions)('with %s may do what it needs, and nothing else', (setting, policies) => {
    expect(policiesOf(nameOf(tool, 'url', setting))).toEqual(policies);
  });
});

describe.each(TOOLS)('%s: a stage with all settings', (tool) => {
  test.each(GATEWAYS)('behind %s has its name in what is unique in an account', (gateway) => {
    const name = nameOf(tool, gateway, 'all');
    const lambda = functionOf(tool, name);
    expect(lambda).toMatchObject({ FunctionName: 'hello-prod', Environment: { Variables: { STAGE: 'prod' } } });
    const logs = resources(name, 'AWS::Logs::LogGroup').map(({ LogGroupName }) => LogGroupName);
    expect(logs).toEqual([
      '/aws/lambda/hello-prod',
      ...(gateway === 'http' || gateway === 'rest' ? ['/aws/vendedlogs/apigateway/hello-prod'] : []),
    ]);
    for (const { AlarmName } of resources(name, 'AWS::CloudWatch::Alarm')) expect(AlarmName).toMatch(/^hello-prod-/);
  });

  test.each(GATEWAYS)('behind %s has tags on all that can have them', (gateway) => {
    const list = [
      { Key: 'stage', Value: 'prod' },
      { Key: 'team', Value: 'web' },
      { Key: 'cost-center', Value: '42' },
    ];
    const untagged = Object.values(templates[nameOf(tool, gateway, 'all')]!.Resources)
      .filter(({ Properties: { Tags } = {} as Values }) => {
        if (Array.isArray(Tags)) expect(Tags).toEqual(expect.arrayContaining(list));
        else if (Tags !== undefined) expect(Tags).toEqual({ stage: 'prod', team: 'web', 'cost-center': '42' });
        return Tags === undefined;
      })
      .map(({ Type }) => Type);
    const without =
      /::(?:Permission|Version|Alias|Url|Integration|Route|Method|Resource|Deployment|Listener|ApiMapping|BasePathMapping|RecordSet|WaitConditionHandle)$/;
    expect(untagged.filter((type) => !without.test(type))).toEqual([]);
  });
});

describe.each(TOOLS)('%s: an alias', (tool) => {
  const alias = { Ref: tool === 'sam' ? 'FunctionAliasliveU1Dx' : 'Alias' };

  test.each(GATEWAYS)('is what %s and all other events invoke', (gateway) => {
    const name = nameOf(tool, gateway, 'all');
    const permissions = resources(name, 'AWS::Lambda::Permission');
    expect(permissions.length).toBeGreaterThan(1);
    for (const { FunctionName } of permissions) expect(FunctionName).toEqual(alias);
    for (const { Targets } of resources(name, 'AWS::Events::Rule')) expect(Targets).toMatchObject([{ Arn: alias }]);
    for (const { FunctionName } of resources(name, 'AWS::Lambda::EventSourceMapping'))
      expect(FunctionName).toEqual(alias);
    const text = written[name]!;
    if (gateway === 'url') {
      expect(resources(name, 'AWS::Lambda::Url')).toMatchObject([{ Qualifier: 'live_1-x' }]);
      expect(text).toMatch(/Type: AWS::Lambda::Url\n {4}DependsOn: (?:Alias|FunctionAliasliveU1Dx)\n/);
    }
    if (gateway === 'alb') {
      expect(resources(name, 'AWS::ElasticLoadBalancingV2::TargetGroup')).toMatchObject([{ Targets: [{ Id: alias }] }]);
    }
    if (tool === 'cloudformation' && gateway === 'http') {
      expect(resources(name, 'AWS::ApiGatewayV2::Integration')).toMatchObject([{ IntegrationUri: alias }]);
    }
    if (tool === 'cloudformation' && gateway === 'rest') {
      expect(text.match(/Uri: .*functions\/\$\{Alias\}\/invocations/g)).toHaveLength(2);
    }
  });

  test('has another version for another build or another setting, and the same for the same', () => {
    const build = (codeSha256: string, lambda: LambdaConfig = {}) =>
      generateDeployFile(tool, functionSettings({ lambda: { alias: 'live', ...lambda } }, 'app'), { codeSha256 })
        .content;
    const description = (text: string) => /Description: (build [0-9a-f]{12})$/m.exec(text)?.[1];
    const version = (text: string) => /^ {2}Version([0-9a-f]{12}):/m.exec(text)?.[1];
    expect(description(build('a'))).toMatch(/^build [0-9a-f]{12}$/);
    expect(build('a')).toBe(build('a'));
    for (const other of [build('b'), build('a', { timeout: 3 }), build('a', { environment: { A: '1' } })]) {
      expect(description(other)).not.toBe(description(build('a')));
      if (tool === 'cloudformation') expect(version(other)).not.toBe(version(build('a')));
    }
    if (tool === 'cloudformation') {
      expect(`build ${version(build('a'))}`).toBe(description(build('a')));
      expect(build('a')).toMatch(/Version[0-9a-f]{12}:\n {4}Type: AWS::Lambda::Version\n {4}DeletionPolicy: Retain\n/);
    }
    // Without an alias, nothing depends on the build.
    expect(generate(tool, 'url', {})).not.toMatch(/Description: build|of-the-zip/);
  });

  test('publishes a version of every setting', () => {
    if (tool === 'cloudformation') return;
    expect(functionOf(tool, nameOf(tool, 'url', 'alias'))).toMatchObject({
      AutoPublishAlias: 'live_1-x',
      AutoPublishAliasAllProperties: true,
    });
  });
});

describe.each(TOOLS)('%s: gateways', (tool) => {
  const isSam = tool === 'sam';
  const stageOf = (gateway: 'http' | 'rest', setting: string): Values => {
    const types = isSam
      ? { http: 'AWS::Serverless::HttpApi', rest: 'AWS::Serverless::Api' }
      : { http: 'AWS::ApiGatewayV2::Stage', rest: 'AWS::ApiGateway::Stage' };
    return resources(nameOf(tool, gateway, setting), types[gateway])[0]!;
  };

  test('a Function URL of signed requests has no public permission', () => {
    const name = nameOf(tool, 'url', 'signed requests');
    expect(resources(name, 'AWS::Lambda::Url')).toMatchObject([{ AuthType: 'AWS_IAM' }]);
    expect(resources(name, 'AWS::Lambda::Permission')).toEqual([]);
  });

  test('throttling is that of the stage', () => {
    const limits = { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 };
    expect(stageOf('http', 'throttling')).toMatchObject({ DefaultRouteSettings: limits });
    expect(stageOf('rest', 'throttling')).toMatchObject({
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ...limits }],
    });
  });

  test('a REST API is traced as the function is', () => {
    expect(stageOf('rest', 'tracing')).toMatchObject({ TracingEnabled: true });
  });

  test.each([
    ['http', 'AccessLogSettings'],
    ['rest', 'AccessLogSetting'],
  ] as const)('access logs of %s are JSON with what explains a failure', (gateway, property) => {
    const { DestinationArn, Format } = stageOf(gateway, 'access logs')[property] as {
      DestinationArn: object;
      Format: string;
    };
    expect(DestinationArn).toEqual({ 'Fn::GetAtt': 'AccessLogGroup.Arn' });
    expect(JSON.parse(Format)).toMatchObject({
      requestId: '$context.requestId',
      status: '$context.status',
      latency: '$context.responseLatency',
      integrationError: '$context.integration.error',
    });
  });

  test('a load balancer logs to the bucket', () => {
    expect(resources(nameOf(tool, 'alb', 'access logs in a bucket'), LOAD_BALANCER)).toMatchObject([
      {
        LoadBalancerAttributes: [
          { Key: 'access_logs.s3.enabled', Value: 'true' },
          { Key: 'access_logs.s3.bucket', Value: 'my-logs' },
          { Key: 'access_logs.s3.prefix', Value: 'app' },
        ],
      },
    ]);
  });

  const stages = { http: isSam ? 'ApiApiGatewayDefaultStage' : 'Stage', rest: isSam ? 'ApiliveStage' : 'Stage' };
  test('a domain of an HTTP API leads to its stage', () => {
    const name = nameOf(tool, 'http', 'domain');
    expect(resources(name, 'AWS::ApiGatewayV2::DomainName')).toMatchObject([
      {
        DomainName: DOMAIN.name,
        DomainNameConfigurations: [
          { CertificateArn: DOMAIN.certificateArn, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
        ],
      },
    ]);
    expect(resources(name, 'AWS::ApiGatewayV2::ApiMapping')).toEqual([
      { DomainName: { Ref: 'Domain' }, ApiId: { Ref: 'Api' }, Stage: { Ref: stages.http } },
    ]);
  });

  test('a domain of a REST API leads to its stage', () => {
    const name = nameOf(tool, 'rest', 'domain');
    expect(resources(name, 'AWS::ApiGateway::DomainName')).toMatchObject([
      { DomainName: DOMAIN.name, RegionalCertificateArn: DOMAIN.certificateArn, SecurityPolicy: 'TLS_1_2' },
    ]);
    expect(resources(name, 'AWS::ApiGateway::BasePathMapping')).toEqual([
      { DomainName: { Ref: 'Domain' }, RestApiId: { Ref: 'Api' }, Stage: { Ref: stages.rest } },
    ]);
  });

  test('a domain of a load balancer has HTTPS, and HTTP leads there', () => {
    const name = nameOf(tool, 'alb', 'domain');
    expect(resources(name, 'AWS::ElasticLoadBalancingV2::Listener')).toMatchObject([
      { Port: 443, Protocol: 'HTTPS', Certificates: [{ CertificateArn: DOMAIN.certificateArn }] },
      { Port: 80, DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443' } }] },
    ]);
    expect(resources(name, 'AWS::EC2::SecurityGroup')).toMatchObject([
      { SecurityGroupIngress: [{ FromPort: 80 }, { FromPort: 443 }] },
    ]);
    expect(written[name]).not.toMatch(/CertificateArn:\n|HasCertificate/);
  });

  test.each(['http', 'rest', 'alb'] as const)('the address of %s is its domain', (gateway) => {
    const target = gateway === 'alb' ? 'LoadBalancer.DNSName' : 'Domain.RegionalDomainName';
    const zone = gateway === 'alb' ? 'LoadBalancer.CanonicalHostedZoneID' : 'Domain.RegionalHostedZoneId';
    const without = templates[nameOf(tool, gateway, 'domain')]!.Outputs;
    expect(without).toMatchObject({
      Url: { Value: 'https://www.example.com' },
      DomainTarget: { Value: { 'Fn::GetAtt': target } },
    });
    const name = nameOf(tool, gateway, 'domain with a record');
    expect(templates[name]!.Outputs).toEqual({ Url: { Value: 'https://www.example.com' } });
    expect(resources(name, 'AWS::Route53::RecordSet')).toEqual([
      {
        HostedZoneId: 'Z0123456789ABC',
        Name: 'www.example.com',
        Type: 'A',
        AliasTarget: { DNSName: { 'Fn::GetAtt': target }, HostedZoneId: { 'Fn::GetAtt': zone } },
      },
    ]);
  });
});

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

describe.each(TOOLS)('%s: alarms', (tool) => {
  const alarms = (gateway: DeployedGateway, setting: string) =>
    Object.fromEntries(
      resources(nameOf(tool, gateway, setting), 'AWS::CloudWatch::Alarm').map((alarm) => [alarm['AlarmName'], alarm]),
    ) as Record<string, Values>;
  const common = {
    EvaluationPeriods: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [TOPIC],
    OKActions: [TOPIC],
  };
  const ofFunction = [{ Name: 'FunctionName', Value: { Ref: 'Function' } }];

  test('of the function count its metrics', () => {
    expect(alarms('url', 'alarms')).toMatchObject({
      'hello-errors': {
        ...common,
        MetricName: 'Errors',
        Statistic: 'Sum',
        Threshold: 1,
        Period: 300,
        Dimensions: ofFunction,
      },
      'hello-throttles': { ...common, MetricName: 'Throttles', Statistic: 'Sum', Threshold: 1, Dimensions: ofFunction },
      'hello-p99': {
        ...common,
        MetricName: 'Duration',
        ExtendedStatistic: 'p99',
        Threshold: 21_750,
        Dimensions: ofFunction,
      },
    });
  });

  test.each([
    ['url', 'AWS/Lambda', 'Url5xxCount', ofFunction],
    ['http', 'AWS/ApiGateway', '5xx', [{ Name: 'ApiId', Value: { Ref: 'Api' } }]],
    ['rest', 'AWS/ApiGateway', '5XXError', [{ Name: 'ApiName', Value: 'hello' }]],
  ] as const)('of %s count its 5xx', (gateway, Namespace, MetricName, Dimensions) => {
    expect(alarms(gateway, 'alarms')['hello-server-errors']).toMatchObject({
      ...common,
      Namespace,
      MetricName,
      Dimensions,
      Statistic: 'Sum',
      Threshold: 5,
    });
  });

  test('of a load balancer count its own 5xx and those of the function', () => {
    const Dimensions = [{ Name: 'LoadBalancer', Value: { 'Fn::GetAtt': 'LoadBalancer.LoadBalancerFullName' } }];
    const metric = (MetricName: string) => ({
      ReturnData: false,
      MetricStat: { Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions }, Stat: 'Sum', Period: 300 },
    });
    expect(alarms('alb', 'alarms')['hello-server-errors']).toMatchObject({
      ...common,
      Metrics: [
        { Expression: 'FILL(m1, 0) + FILL(m2, 0)' },
        { Id: 'm1', ...metric('HTTPCode_Target_5XX_Count') },
        { Id: 'm2', ...metric('HTTPCode_ELB_5XX_Count') },
      ],
    });
  });

  test('may be left out, one by one, and notify nobody', () => {
    const some = alarms('http', 'some alarms');
    expect(Object.keys(some)).toEqual(['hello-errors', 'hello-p99']);
    expect(some).toMatchObject({ 'hello-errors': { Threshold: 5 }, 'hello-p99': { Threshold: 1500 } });
    expect(some['hello-errors']).not.toHaveProperty('AlarmActions');
  });
});

describe.each(TOOLS)('%s: other events', (tool) => {
  test('schedules invoke the function, with their own event', () => {
    const name = nameOf(tool, 'http', 'schedules');
    const target = { Id: 'Function', Arn: { 'Fn::GetAtt': 'Function.Arn' } };
    expect(resources(name, 'AWS::Events::Rule')).toEqual([
      { ScheduleExpression: 'rate(5 minutes)', Targets: [target] },
      {
        ScheduleExpression: 'cron(0 6 ? * MON-FRI *)',
        Targets: [{ ...target, Input: JSON.stringify(SETTINGS['schedules']!.schedules![1]!.input) }],
      },
    ]);
    const permissions = resources(name, 'AWS::Lambda::Permission').filter(
      ({ Principal }) => Principal === 'events.amazonaws.com',
    );
    expect(permissions).toEqual(
      ['Schedule1', 'Schedule2'].map((id) => ({
        FunctionName: { Ref: 'Function' },
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': `${id}.Arn` },
      })),
    );
  });

  test('queues invoke the function, which may say which messages failed', () => {
    const FunctionName = { 'Fn::GetAtt': 'Function.Arn' };
    const FunctionResponseTypes = ['ReportBatchItemFailures'];
    expect(resources(nameOf(tool, 'http', 'queues'), 'AWS::Lambda::EventSourceMapping')).toEqual([
      { EventSourceArn: QUEUE, FunctionName, BatchSize: 10, FunctionResponseTypes },
      { EventSourceArn: `${QUEUE}-2.fifo`, FunctionName, BatchSize: 1, FunctionResponseTypes },
    ]);
  });
});

test.each(TOOLS)('%s: what is not set is not in the template', (tool) => {
  for (const gateway of GATEWAYS) {
    expect(generate(tool, gateway, {})).not.toMatch(
      /Alarm|Schedule|Queue|Tags|Layers|VpcConfig|Tracing|Throttling|AccessLog|Domain|Alias|LogFormat|Reserved|resolve:|undefined/,
    );
  }
});
