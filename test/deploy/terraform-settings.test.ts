import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';
import { jest } from '@jest/globals';
import { functionSettings } from '../../src/cli/config/function-settings.js';
import { toTerraform } from '../../src/cli/deploy/terraform/terraform.js';
import { readBlocks } from '../doc-blocks.js';
import { REPOSITORY } from '../projects.js';
import { CERTIFICATE, LAYER, QUEUE, SECRET, settingCases, TABLE, TOPIC } from './settings-rows.js';
import { initialise, terraform, testWithTerraform } from './terraform-command.js';

// It starts Terraform and its provider, which is large, beside all other tests.
jest.setTimeout(300_000);

const root = mkdtempSync(join(tmpdir(), 'twodoors-terraform-settings-'));
afterAll(() => rmSync(root, { recursive: true }));

type Block = Record<string, unknown>;
type Blocks = Record<string, Record<string, [Block]>>;
type Description = { resource: Blocks; data?: Blocks; output?: Record<string, [Block]>; [block: string]: unknown };

const texts = new Map<string, string>();
const parsed = new Map<string, Description>();

beforeAll(async () => {
  for (const { name, lambda } of settingCases) {
    const text = toTerraform(functionSettings({ lambda }, 'app'));
    texts.set(name, text);
    parsed.set(name, (await parse('main.tf', text)) as Description);
  }
});

/** Every resource of a file, by its address. */
const resources = (name: string): Record<string, Block> =>
  Object.fromEntries(
    Object.entries(parsed.get(name)!.resource).flatMap(([type, byName]) =>
      Object.entries(byName).map(([id, [block]]) => [`${type}.${id}`, block]),
    ),
  );

const all = ['url', 'http', 'rest', 'alb'];
const qualifier = '${aws_lambda_alias.app.name}';
const topic = [TOPIC];
const alarm = { period: 300, evaluation_periods: 1, treat_missing_data: 'notBreaching' };
const ofFunction = {
  ...alarm,
  namespace: 'AWS/Lambda',
  dimensions: { FunctionName: '${aws_lambda_function.app.function_name}' },
};
const logDestination = {
  destination_arn: '${aws_cloudwatch_log_group.access.arn}',
  format: expect.stringContaining('$context.integration.error'),
};
const vendedLogs = { name: '/aws/vendedlogs/apigateway/my_app', retention_in_days: 90 };
const throttles = { throttling_rate_limit: 50, throttling_burst_limit: 100 };
const logging = { log_group: '${aws_cloudwatch_log_group.app.name}' };

/** What a setting adds or changes: behind which gateways, the address, and some of its arguments. */
const ROWS: readonly (readonly [setting: string, gateways: readonly string[], address: string, expected: Block])[] = [
  ['reservedConcurrency', all, 'aws_lambda_function.app', { reserved_concurrent_executions: 20 }],
  ['tracing', all, 'aws_lambda_function.app', { tracing_config: [{ mode: 'Active' }] }],
  [
    'tracing',
    all,
    'aws_iam_role_policy.tracing',
    { policy: expect.stringContaining('["xray:PutTraceSegments", "xray:PutTelemetryRecords"]') },
  ],
  ['tracing', ['rest'], 'aws_api_gateway_stage.app', { xray_tracing_enabled: true }],
  ['alias', all, 'aws_lambda_function.app', { publish: true }],
  ['alias', all, 'aws_lambda_alias.app', { name: 'live', function_version: '${aws_lambda_function.app.version}' }],
  ['alias', ['url'], 'aws_lambda_function_url.app', { qualifier }],
  ['alias', ['url'], 'aws_lambda_permission.public_url', { qualifier }],
  [
    'alias',
    ['url'],
    'aws_cloudformation_stack.public_invoke',
    { template_body: expect.stringMatching(/FunctionName += aws_lambda_alias\.app\.arn/) },
  ],
  ['alias', ['http', 'rest', 'alb'], 'aws_lambda_permission.invoke', { qualifier }],
  ['alias', ['http'], 'aws_apigatewayv2_integration.app', { integration_uri: '${aws_lambda_alias.app.invoke_arn}' }],
  ['alias', ['alb'], 'aws_lb_target_group_attachment.app', { target_id: '${aws_lambda_alias.app.arn}' }],
  ['layers', all, 'aws_lambda_function.app', { layers: [LAYER] }],
  [
    'policies',
    all,
    'aws_iam_role_policy.settings',
    {
      role: '${aws_iam_role.app.id}',
      policy: expect.stringMatching(
        new RegExp(
          `\\["dynamodb:GetItem", "dynamodb:PutItem"\\]\\s+Resource += \\["${TABLE}"\\][\\s\\S]+"Deny"[\\s\\S]+files/\\$\\$\\{aws:username\\}/\\*`,
        ),
      ),
    },
  ],
  [
    'vpc',
    all,
    'aws_lambda_function.app',
    {
      vpc_config: [
        {
          subnet_ids: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
          security_group_ids: ['sg-0123456789abcdef0'],
        },
      ],
      depends_on: ['${aws_iam_role_policy.network}'],
    },
  ],
  ['vpc', all, 'aws_iam_role_policy.network', { policy: expect.stringContaining('"ec2:CreateNetworkInterface"') }],
  [
    'logFormat',
    all,
    'aws_lambda_function.app',
    { logging_config: [{ ...logging, log_format: 'JSON', application_log_level: 'DEBUG', system_log_level: 'WARN' }] },
  ],
  ['nothing', all, 'aws_lambda_function.app', { logging_config: [{ ...logging, log_format: 'Text' }] }],
  ['urlAuth', ['url'], 'aws_lambda_function_url.app', { authorization_type: 'AWS_IAM' }],
  ['nothing', ['url'], 'aws_lambda_function_url.app', { authorization_type: 'NONE' }],
  [
    'domain',
    ['http'],
    'aws_apigatewayv2_domain_name.app',
    {
      domain_name: 'www.example.com',
      domain_name_configuration: [
        { certificate_arn: CERTIFICATE, endpoint_type: 'REGIONAL', security_policy: 'TLS_1_2' },
      ],
    },
  ],
  ['domain', ['http'], 'aws_apigatewayv2_api_mapping.app', { stage: '${aws_apigatewayv2_stage.app.id}' }],
  [
    'domain',
    ['rest'],
    'aws_api_gateway_domain_name.app',
    { domain_name: 'www.example.com', regional_certificate_arn: CERTIFICATE, security_policy: 'TLS_1_2' },
  ],
  [
    'domain',
    ['rest'],
    'aws_api_gateway_base_path_mapping.app',
    { stage_name: '${aws_api_gateway_stage.app.stage_name}' },
  ],
  ['domain', ['alb'], 'aws_lb_listener.app', { port: 443, protocol: 'HTTPS', certificate_arn: CERTIFICATE }],
  [
    'domain',
    ['alb'],
    'aws_lb_listener.redirect',
    {
      port: 80,
      protocol: 'HTTP',
      default_action: [{ type: 'redirect', redirect: [{ port: '443', protocol: 'HTTPS', status_code: 'HTTP_301' }] }],
    },
  ],
  [
    'domain',
    ['alb'],
    'aws_security_group.app',
    {
      ingress: [
        expect.objectContaining({ from_port: 80, to_port: 80 }),
        expect.objectContaining({ from_port: 443, to_port: 443 }),
      ],
    },
  ],
  [
    'domain-zone',
    ['http', 'rest', 'alb'],
    'aws_route53_record.app',
    { zone_id: 'Z0123456789', name: 'www.example.com', type: 'A' },
  ],
  [
    'domain-zone',
    ['http'],
    'aws_route53_record.app',
    {
      alias: [
        expect.objectContaining({
          name: '${aws_apigatewayv2_domain_name.app.domain_name_configuration[0].target_domain_name}',
        }),
      ],
    },
  ],
  [
    'domain-zone',
    ['rest'],
    'aws_route53_record.app',
    { alias: [expect.objectContaining({ name: '${aws_api_gateway_domain_name.app.regional_domain_name}' })] },
  ],
  [
    'domain-zone',
    ['alb'],
    'aws_route53_record.app',
    { alias: [expect.objectContaining({ name: '${aws_lb.app.dns_name}', zone_id: '${aws_lb.app.zone_id}' })] },
  ],
  ['throttling', ['http'], 'aws_apigatewayv2_stage.app', { default_route_settings: [throttles] }],
  ['throttling', ['rest'], 'aws_api_gateway_method_settings.app', { method_path: '*/*', settings: [throttles] }],
  ['accessLogs', ['http'], 'aws_apigatewayv2_stage.app', { access_log_settings: [logDestination] }],
  ['accessLogs', ['rest'], 'aws_api_gateway_stage.app', { access_log_settings: [logDestination] }],
  ['accessLogs', ['http', 'rest'], 'aws_cloudwatch_log_group.access', vendedLogs],
  ['accessLogs-bucket', ['alb'], 'aws_lb.app', { access_logs: [{ bucket: 'our-logs', prefix: 'app', enabled: true }] }],
  [
    'alarms',
    all,
    'aws_cloudwatch_metric_alarm.errors',
    {
      ...ofFunction,
      alarm_name: 'my_app-errors',
      metric_name: 'Errors',
      statistic: 'Sum',
      threshold: 1,
      comparison_operator: 'GreaterThanOrEqualToThreshold',
    },
  ],
  [
    'alarms',
    all,
    'aws_cloudwatch_metric_alarm.throttles',
    { ...ofFunction, metric_name: 'Throttles', statistic: 'Sum', threshold: 1 },
  ],
  [
    'alarms',
    all,
    'aws_cloudwatch_metric_alarm.p99',
    { ...ofFunction, metric_name: 'Duration', extended_statistic: 'p99', threshold: 15_000 },
  ],
  [
    'alarms',
    ['url'],
    'aws_cloudwatch_metric_alarm.server_errors',
    { ...ofFunction, metric_name: 'Url5xxCount', threshold: 5 },
  ],
  [
    'alarms',
    ['http'],
    'aws_cloudwatch_metric_alarm.server_errors',
    {
      ...alarm,
      namespace: 'AWS/ApiGateway',
      metric_name: '5xx',
      dimensions: { ApiId: '${aws_apigatewayv2_api.app.id}' },
    },
  ],
  [
    'alarms',
    ['rest'],
    'aws_cloudwatch_metric_alarm.server_errors',
    {
      ...alarm,
      namespace: 'AWS/ApiGateway',
      metric_name: '5XXError',
      dimensions: { ApiName: '${aws_api_gateway_rest_api.app.name}' },
    },
  ],
  [
    'alarms',
    ['alb'],
    'aws_cloudwatch_metric_alarm.server_errors',
    {
      threshold: 5,
      metric_query: [
        expect.objectContaining({ expression: 'FILL(m1, 0) + FILL(m2, 0)', return_data: true }),
        ...['HTTPCode_Target_5XX_Count', 'HTTPCode_ELB_5XX_Count'].map((metric_name) =>
          expect.objectContaining({
            metric: [
              {
                namespace: 'AWS/ApplicationELB',
                metric_name,
                dimensions: { LoadBalancer: '${aws_lb.app.arn_suffix}' },
                stat: 'Sum',
                period: 300,
              },
            ],
          }),
        ),
      ],
    },
  ],
  ['alarms-some', all, 'aws_cloudwatch_metric_alarm.errors', { threshold: 3, alarm_actions: topic, ok_actions: topic }],
  ['alarms-some', all, 'aws_cloudwatch_metric_alarm.p99', { threshold: 1500 }],
  ['alarms-some', all, 'aws_cloudwatch_metric_alarm.server_errors', { threshold: 7, alarm_actions: topic }],
  ['schedules', all, 'aws_cloudwatch_event_rule.schedule_1', { schedule_expression: 'rate(5 minutes)' }],
  [
    'schedules',
    all,
    'aws_cloudwatch_event_target.schedule_2',
    {
      rule: '${aws_cloudwatch_event_rule.schedule_2.name}',
      input: `{"job":"the day's","parts":[1,"two",null,{"a-b":true}]}`,
    },
  ],
  [
    'schedules',
    all,
    'aws_lambda_permission.schedule_2',
    { principal: 'events.amazonaws.com', source_arn: '${aws_cloudwatch_event_rule.schedule_2.arn}' },
  ],
  [
    'queues',
    all,
    'aws_lambda_event_source_mapping.queue_1',
    { event_source_arn: QUEUE, batch_size: 5, function_response_types: ['ReportBatchItemFailures'] },
  ],
  [
    'queues',
    all,
    'aws_iam_role_policy.queues',
    { policy: expect.stringMatching(new RegExp(`"sqs:ReceiveMessage"[\\s\\S]+"${QUEUE}",\\s+"${QUEUE}-late"`)) },
  ],
  ['all', all, 'aws_lambda_permission.schedule_1', { qualifier }],
  ['all', all, 'aws_cloudwatch_event_target.schedule_1', { arn: '${aws_lambda_alias.app.arn}' }],
  ['all', all, 'aws_lambda_event_source_mapping.queue_1', { function_name: '${aws_lambda_alias.app.arn}' }],
];

test.each(
  ROWS.flatMap(([setting, gateways, ...rest]) =>
    gateways.map((gateway) => [`${gateway}-${setting}`, ...rest] as const),
  ),
)('%s: %s', (name, address, expected) => expect(resources(name)[address]).toMatchObject(expected));

describe('absent unless set', () => {
  test.each([
    ['url-urlAuth', ['aws_lambda_permission.public_url', 'aws_cloudformation_stack.public_invoke']],
    ['url-alarms-some', ['aws_cloudwatch_metric_alarm.throttles']],
    ['http-domain', ['aws_route53_record.app']],
  ])('%s: %j', (name, addresses) => {
    expect(addresses.filter((address) => address in resources(name))).toEqual([]);
  });

  test.each(all)('%s: without settings there is only the function, its logs and its gateway', (gateway) => {
    const ofGateway =
      /^aws_(?:api_gateway|apigatewayv2|lb|lambda_permission|lambda_function_url|security_group|cloudformation)/;
    expect(
      Object.keys(resources(`${gateway}-nothing`))
        .filter((address) => !ofGateway.test(address))
        .sort(),
    ).toEqual([
      'aws_cloudwatch_log_group.app',
      'aws_iam_role.app',
      'aws_iam_role_policy.app',
      'aws_lambda_function.app',
    ]);
    expect(texts.get(`${gateway}-nothing`)).not.toMatch(/null_resource|provider "aws"|access_log|publish|qualifier/);
  });
});

test('secrets are read by reference, each once', () => {
  expect(parsed.get('http-secrets')!.data).toEqual({
    aws_secretsmanager_secret_version: {
      app: [{ for_each: `\${toset(["prod/db", "${SECRET}"])}`, secret_id: '${each.key}' }],
    },
  });
  const of = (id: string) => `data.aws_secretsmanager_secret_version.app["${id}"].secret_string`;
  expect(resources('http-secrets')['aws_lambda_function.app']!['environment']).toEqual([
    {
      variables: {
        PASSWORD: `\${jsondecode(${of('prod/db')})["password"]}`,
        USER: `\${jsondecode(${of('prod/db')})["user"]}`,
        MAIL: `\${${of(SECRET)}}`,
      },
    },
  ]);
});

test('the provider adds tags to every resource', () => {
  expect(parsed.get('rest-tags')!['provider']).toEqual({
    aws: [{ default_tags: [{ tags: { team: 'web @ home', 'cost-center': '4711' } }] }],
  });
});

test.each(['http', 'rest', 'alb'])(
  '%s: without a hosted zone, an output says where the record must lead',
  (gateway) => {
    const { output } = parsed.get(`${gateway}-domain`)!;
    expect(Object.keys(output!).sort()).toEqual(['domain_target', 'url']);
    expect(output!['url']).toEqual([{ value: 'https://www.example.com' }]);
    expect(Object.keys(parsed.get(`${gateway}-domain-zone`)!.output!)).toEqual(['url']);
  },
);

test('with the variable for a certificate, a load balancer redirects HTTP to HTTPS', () => {
  expect(resources('alb-nothing')['aws_lb_listener.redirect']).toMatchObject({
    count: '${var.certificate_arn == null ? 0 : 1}',
    port: 80,
    default_action: [{ type: 'redirect' }],
  });
});

test('with a domain, a load balancer needs no variable for the certificate', () => {
  expect(Object.keys(parsed.get('alb-domain')!['variable'] as object).sort()).toEqual(['subnet_ids', 'vpc_id']);
});

test('the zip of a stage lies two folders up', () => {
  const lambda = { functionName: 'my-app', stages: { prod: { memorySize: 1024 } } };
  const text = toTerraform(functionSettings({ lambda }, 'app', 'prod'));
  expect(text).toContain('"${path.module}/../../build/lambda.zip"');
  expect(text).toContain('"/aws/lambda/my-app-prod"');
});

/** Addresses that other files of a team may use. They do not change with settings. */
const STABLE = [
  'aws_lambda_function.app',
  'aws_iam_role.app',
  'aws_iam_role_policy.app',
  'aws_cloudwatch_log_group.app',
];

test.each(settingCases.map(({ name }) => name))('%s keeps the addresses of what there was before', (name) => {
  const removedByIam = /public_(?:url|invoke)$/;
  const [gateway] = name.split('-');
  const before = Object.keys(resources(`${gateway}-nothing`)).filter((address) => !removedByIam.test(address));
  expect(Object.keys(resources(name))).toEqual(expect.arrayContaining([...STABLE, ...before]));
});

/** Makes the folder of a project with what a build makes. */
function writeZip(folder: string): void {
  mkdirSync(join(folder, 'build'), { recursive: true });
  writeFileSync(join(folder, 'build/lambda.zip'), 'a zip');
}

/** What the modules of load balancers need. */
const NETWORK = '  vpc_id     = "vpc-1"\n  subnet_ids = ["subnet-1", "subnet-2"]\n';

testWithTerraform('terraform accepts every file, and its formatting (needs terraform and its provider)', async () => {
  // One module contains them all, so that the provider is started once.
  const folder = join(root, 'all');
  writeZip(folder);
  const modules = settingCases.map(({ name, gateway }) => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'main.tf'), texts.get(name)!);
    return `module "${name}" {\n  source = "./${name}"\n${gateway === 'alb' ? NETWORK : ''}}\n`;
  });
  writeFileSync(join(folder, 'main.tf'), modules.join('\n').replaceAll(/source =(?=.*\n +vpc)/g, 'source     ='));
  await initialise(folder);
  expect(JSON.parse(await terraform(folder, 'validate', '-json'))).toMatchObject({ valid: true, diagnostics: [] });
  expect(await terraform(folder, 'fmt', '-check', '-diff', '-recursive')).toBe('');
});

/** Values of AWS that a plan needs; the provider is a mock with the same schema. */
const MOCK = `mock_provider "aws" {
  mock_data "aws_secretsmanager_secret_version" {
    defaults = { secret_string = "{\\"password\\":\\"p\\",\\"user\\":\\"u\\"}" }
  }
}
`;

testWithTerraform('a plan is made of all settings behind each gateway (needs terraform and its provider)', async () => {
  // One process, so that the provider is started once.
  const folder = join(root, 'plans');
  writeZip(folder);
  const runs = all.map((gateway) => {
    mkdirSync(join(folder, gateway));
    writeFileSync(join(folder, gateway, 'main.tf'), texts.get(`${gateway}-all`)!);
    const variables = gateway === 'alb' ? `  variables {\n  ${NETWORK}  }\n` : '';
    return `run "${gateway}" {\n  command = plan\n  module {\n    source = "./${gateway}"\n  }\n${variables}}\n`;
  });
  // In a folder without configuration, Terraform initialises nothing.
  writeFileSync(join(folder, 'main.tf'), 'terraform {\n  required_version = ">= 1.7"\n}\n');
  mkdirSync(join(folder, 'balancer'));
  writeFileSync(join(folder, 'balancer/main.tf'), texts.get('alb-nothing')!);
  const withoutDomain = [
    ['http', '', 'aws_lb_listener.app.port == 80 && length(aws_lb_listener.redirect) == 0', [80]],
    [
      'https',
      `    certificate_arn = "${CERTIFICATE}"\n`,
      'aws_lb_listener.app.port == 443 && aws_lb_listener.redirect[0].port == 80',
      [80, 443],
    ],
  ] as const;
  for (const [name, variable, condition, ports] of withoutDomain) {
    const open = `toset([for rule in aws_security_group.app.ingress : rule.from_port]) == toset(${JSON.stringify(ports)})`;
    runs.push(`run "${name}_balancer" {
  command = plan
  module {
    source = "./balancer"
  }
  variables {
${NETWORK}${variable}  }
  assert {
    condition     = ${condition} && ${open}
    error_message = "It is another."
  }
}
`);
  }
  writeFileSync(join(folder, 'all.tftest.hcl'), MOCK + runs.join(''));
  await initialise(folder);
  expect(await terraform(folder, 'test', '-no-color')).toContain('6 passed, 0 failed');
});

/** The files of docs/deploy-terraform.md, by name. */
const FILES = readBlocks(readFileSync(join(REPOSITORY, 'docs/deploy-terraform.md'), 'utf8'))
  .filter(({ language }) => language === 'hcl')
  .map(({ code }) => [/^# deploy\/(\S+)\n/.exec(code)![1]!, code] as const);

testWithTerraform('a file and an override of a team are joined with what is generated (needs terraform)', async () => {
  const project = join(root, 'edited');
  const folder = join(project, 'deploy');
  writeZip(project);
  mkdirSync(folder);
  writeFileSync(join(folder, 'main.tf'), texts.get('http-alias')!);
  for (const [name, text] of FILES) writeFileSync(join(folder, name), text);
  const assertions = [
    'aws_lambda_function.app.memory_size == 2048',
    'aws_lambda_function.app.timeout == 20',
    'aws_lambda_function.app.ephemeral_storage[0].size == 1024',
    'aws_lambda_function.app.logging_config[0].log_format == "Text"',
    'aws_dynamodb_table.orders.name == "my_app-orders"',
    'output.log_group == "/aws/lambda/my_app"',
  ].map((condition) => `  assert {\n    condition     = ${condition}\n    error_message = "It is another."\n  }\n`);
  writeFileSync(join(folder, 'all.tftest.hcl'), `${MOCK}run "plan" {\n  command = plan\n${assertions.join('')}}\n`);
  await initialise(folder);
  expect(FILES.map(([name]) => name)).toEqual(['orders.tf', 'own_override.tf', 'account.tf']);
  expect(await terraform(folder, 'test', '-no-color')).toContain('1 passed, 0 failed');
  // As people copy them: formatted.
  expect(await terraform(folder, 'fmt', '-check', '-diff', '.')).toBe('');
});
