import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from '@cdktf/hcl2json';
import { jest } from '@jest/globals';
import { combinations, ENVIRONMENT, writeDeployFiles } from './combinations.js';
import { initialise, terraform, testWithTerraform } from './terraform-command.js';

// It starts Terraform and its provider, which is large, beside all other tests.
jest.setTimeout(300_000);

const run = promisify(execFile);
const root = mkdtempSync(join(tmpdir(), 'twodoors-terraform-'));
const rows = combinations.filter(({ tool }) => tool === 'terraform');

type Block = Record<string, unknown>;
type Description = { resource: Record<string, Record<string, [Block]>>; locals?: [Block] };
/** The content of each file, by its name. Resources are grouped by type and name. */
const parsed: Record<string, Description> = {};

beforeAll(async () => {
  writeDeployFiles(root);
  for (const { name } of rows) parsed[name] = (await parse('main.tf', read(name))) as Description;
});
afterAll(() => rmSync(root, { recursive: true }));

const read = (name: string) => readFileSync(join(root, name, 'main.tf'), 'utf8');
const resource = (name: string, type: string, id = 'app') => parsed[name]!.resource[type]?.[id]?.[0] as Block;

describe.each(rows)('$name', ({ name, gateway, isStreaming }) => {
  test('contains the function as in the config', () => {
    expect(resource(name, 'aws_lambda_function')).toMatchObject({
      function_name: 'my_app',
      handler: 'index.handler',
      runtime: 'nodejs22.x',
      architectures: ['x86_64'],
      memory_size: 1024,
      timeout: 17,
      logging_config: [{ log_group: '${aws_cloudwatch_log_group.app.name}' }],
    });
    const [{ variables }] = resource(name, 'aws_lambda_function')['environment'] as [{ variables: Block }];
    // The parser does not unescape templates.
    const unescaped = Object.entries(variables).map(([key, value]) => [
      key,
      String(value).replace(/([$%])\1\{/g, '$1{'),
    ]);
    expect(Object.fromEntries(unescaped)).toEqual(ENVIRONMENT);
  });

  test('keeps its logs for a limited time, and may only write logs', () => {
    expect(resource(name, 'aws_cloudwatch_log_group')).toEqual({ name: '/aws/lambda/my_app', retention_in_days: 90 });
    const { policy } = resource(name, 'aws_iam_role_policy');
    expect(String(policy).match(/"\w+:\w+"/g)).toEqual(['"logs:CreateLogStream"', '"logs:PutLogEvents"']);
    expect(policy).toContain('Resource = "${aws_cloudwatch_log_group.app.arn}:*"');
    expect(Object.keys(parsed[name]!.resource)).not.toContain('aws_iam_role_policy_attachment');
  });

  test(`has ${gateway} in gateway of it`, () => FACTS[gateway](name, isStreaming));
});

const CORS_BLOCK = {
  allow_origins: ['https://www.example.com'],
  allow_methods: ['GET', 'POST'],
  allow_headers: ['content-type'],
  expose_headers: ['x-total'],
  max_age: 600,
  allow_credentials: true,
};

/** What each gateway needs. */
const FACTS = {
  url(name: string, isStreaming: boolean) {
    expect(resource(name, 'aws_lambda_function_url')).toMatchObject({
      authorization_type: 'NONE',
      invoke_mode: isStreaming ? 'RESPONSE_STREAM' : 'BUFFERED',
      cors: [CORS_BLOCK],
    });
    expect(resource(name, 'aws_lambda_permission', 'public_url')).toMatchObject({
      action: 'lambda:InvokeFunctionUrl',
      principal: '*',
      function_url_auth_type: 'NONE',
    });
    const { template_body } = resource(name, 'aws_cloudformation_stack', 'public_invoke');
    expect(template_body).toMatch(/= "lambda:InvokeFunction"[\s\S]*InvokedViaFunctionUrl = true/);
  },
  http(name: string) {
    expect(resource(name, 'aws_apigatewayv2_api')).toMatchObject({
      protocol_type: 'HTTP',
      cors_configuration: [CORS_BLOCK],
    });
    expect(resource(name, 'aws_apigatewayv2_integration')).toMatchObject({ payload_format_version: '2.0' });
    expect(resource(name, 'aws_apigatewayv2_route')).toMatchObject({ route_key: '$default' });
    expect(resource(name, 'aws_lambda_permission', 'invoke')).toMatchObject({ principal: 'apigateway.amazonaws.com' });
  },
  rest(name: string, isStreaming: boolean) {
    expect(resource(name, 'aws_api_gateway_rest_api')).toMatchObject({ binary_media_types: ['*/*'] });
    const { integration } = parsed[name]!.locals![0] as { integration: Block };
    const { uri, ...rest } = integration;
    expect(rest).toEqual({
      type: 'aws_proxy',
      httpMethod: 'POST',
      ...(isStreaming ? { responseTransferMode: 'STREAM', timeoutInMillis: 17_000 } : {}),
    });
    expect(String(uri).includes('response-streaming-invocations')).toBe(isStreaming);
    expect(resource(name, 'aws_lambda_permission', 'invoke')).toMatchObject({ principal: 'apigateway.amazonaws.com' });
  },
  alb(name: string) {
    expect(resource(name, 'aws_lb')).toMatchObject({ subnets: '${var.subnet_ids}' });
    expect(resource(name, 'aws_lb_target_group')).toMatchObject({ lambda_multi_value_headers_enabled: true });
    expect(resource(name, 'aws_lambda_permission', 'invoke')).toMatchObject({
      principal: 'elasticloadbalancing.amazonaws.com',
    });
  },
};

testWithTerraform('terraform accepts every file, and its formatting (needs terraform and its provider)', async () => {
  // One module contains them all, so that the provider is started once.
  const folder = join(root, 'all');
  mkdirSync(folder);
  const module = ({ name, gateway }: (typeof rows)[number]) =>
    `module "${name}" {\n  source = "../${name}"\n${gateway === 'alb' ? '  vpc_id = "vpc-1"\n  subnet_ids = ["subnet-1", "subnet-2"]\n' : ''}}\n`;
  writeFileSync(join(folder, 'main.tf'), rows.map(module).join(''));
  await initialise(folder);
  expect(JSON.parse(await terraform(folder, 'validate', '-json'))).toMatchObject({ valid: true, diagnostics: [] });
  for (const { name } of rows) expect(await terraform(folder, 'fmt', '-check', '-diff', `../${name}`)).toBe('');
});

testWithTerraform('terraform reads an environment variable unchanged (needs terraform)', async () => {
  const folder = join(root, 'console');
  mkdirSync(folder);
  const [, expression] = /^ +SPELLED = ([^\n]*)$/m.exec(read('terraform-url'))!;
  const console = run('terraform', ['console'], { cwd: folder });
  console.child.stdin!.end(`base64encode(${expression})\n`);
  const { stdout } = await console;
  expect(Buffer.from(JSON.parse(stdout) as string, 'base64').toString()).toBe(ENVIRONMENT.SPELLED);
});
