import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { unzipSync } from 'fflate';
import type { LambdaConfig } from '../../src/cli/config/config.js';
import { functionSettings } from '../../src/cli/config/function-settings.js';
import { checkDeployment } from '../../src/cli/deploy/check-deployment.js';
import { generateDeployFile } from '../../src/cli/deploy/generate.js';
import { makeProject, removeProjects, writeFile } from '../projects.js';
import { runCommand } from '../run-command.js';

// It starts compilers and processes, beside all other tests.
jest.setTimeout(240_000);
afterAll(removeProjects);

const project = (config = '{}') =>
  makeProject({
    'src/bootstrap-lambda.ts': "export const handler = async () => ({ statusCode: 200, body: '' });",
    'twodoors.config.ts': `export default ${config};`,
    '.env': 'SECRET=of-this-machine',
  });
const read = (root: string, name: string) => readFileSync(join(root, name), 'utf8');

describe('build --iac', () => {
  it.each([
    ['sam', 'deploy/template.yaml', 'InvokeMode: BUFFERED'],
    ['cloudformation', 'deploy/cloudformation.yaml', 'AWS::Lambda::Url'],
    ['terraform', 'deploy/main.tf', 'resource "aws_lambda_function_url"'],
    ['cdk', 'deploy/cdk.ts', 'addFunctionUrl'],
  ])('%s writes %s, and the zip that it deploys', async (tool, name, part) => {
    const root = project("{ lambda: { environment: { STAGE: 'live' } } }");
    const { code, output } = await runCommand(['build', '--iac', tool], root);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(new RegExp(`^${name}$`, 'm')) });
    expect(read(root, name)).toContain(part);
    expect(read(root, name)).toContain('live');
    expect(read(root, name)).not.toContain('of-this-machine');
    expect(existsSync(join(root, 'build/lambda.zip'))).toBe(true);
  });

  it('prefers --gateway to the gateway in the config', async () => {
    const root = project("{ lambda: { gateway: 'alb' } }");
    await runCommand(['build', '--iac', 'sam', '--gateway', 'http'], root);
    expect(read(root, 'deploy/template.yaml')).toContain('AWS::Serverless::HttpApi');
  });

  it('overwrites a generated file, but an edited one only with --force', async () => {
    const name = 'deploy/template.yaml';
    const root = project();
    const build = async (...args: string[]) => (await runCommand(['build', '--iac', 'sam', ...args], root)).output;
    await build();
    const first = read(root, name);

    // A checkout may change the line endings.
    writeFile(root, name, first.replaceAll('\n', '\r\n'));
    expect(await build('--gateway', 'http')).not.toContain('Warning');
    const second = read(root, name);
    expect(second).toContain('AWS::Serverless::HttpApi');

    const changed = second.replace('MemorySize: 512', 'MemorySize: 2048');
    writeFile(root, name, changed);
    expect(await build('--gateway', 'rest')).toMatch(
      /^Warning: deploy\/template\.yaml was edited, .* changes belong in own\.yaml .* build\/deploy\/template\.yaml, .* --force/m,
    );
    expect(read(root, name)).toBe(changed);
    expect(read(root, `build/${name}`)).toContain('AWS::Serverless::Api');

    expect(await build('--gateway', 'rest', '--force')).not.toContain('Warning');
    expect(read(root, name)).toContain('AWS::Serverless::Api');
  });

  it('does not overwrite a file that it did not generate', async () => {
    const root = project();
    writeFile(root, 'deploy/main.tf', '# ours\n');
    expect((await runCommand(['build', '--iac', 'terraform'], root)).output).toContain(
      'was edited, so twodoors did not overwrite it',
    );
    expect(read(root, 'deploy/main.tf')).toBe('# ours\n');
  });

  it('builds nothing if the gateway does not support the settings', async () => {
    const root = project('{ lambda: { streaming: true } }');
    expect(await runCommand(['build', '--iac', 'cdk', '--gateway', 'http'], root)).toEqual({
      code: 1,
      output: expect.stringMatching(/^An HTTP API .* does not support streamed replies\./),
    });
    expect(existsSync(join(root, 'build/lambda.zip'))).toBe(false);
  });

  it("merges a team's own.yaml into the template, of all stages and of one, and never writes it", async () => {
    const root = project("{ lambda: { functionName: 'hello', stages: { dev: {}, prod: { memorySize: 1024 } } } }");
    const own = (value: string) => `Resources:\n  Function:\n    Properties:\n      ${value}\n`;
    writeFile(root, 'deploy/own.yaml', own('EphemeralStorage: { Size: 1024 }'));
    writeFile(root, 'deploy/prod/own.yaml', own('EphemeralStorage: { Size: 2048 }'));
    const { code, output } = await runCommand(['build', '--iac', 'cloudformation'], root);
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(/^deploy\/dev\/cloudformation\.yaml$/m),
    });
    expect(read(root, 'deploy/dev/cloudformation.yaml')).toMatch(
      /FunctionName: hello-dev[\s\S]*MemorySize: 512[\s\S]*Size: 1024/,
    );
    expect(read(root, 'deploy/prod/cloudformation.yaml')).toMatch(
      /FunctionName: hello-prod[\s\S]*MemorySize: 1024[\s\S]*Size: 2048/,
    );
    expect(existsSync(join(root, 'deploy/cloudformation.yaml'))).toBe(false);
    expect(read(root, 'deploy/own.yaml')).toBe(own('EphemeralStorage: { Size: 1024 }'));

    writeFile(root, 'deploy/own.yaml', 'Resources: { Functon: {} }');
    rmSync(join(root, 'build'), { recursive: true });
    expect(await runCommand(['build', '--iac', 'sam'], root)).toEqual({
      code: 1,
      output: expect.stringMatching(/^deploy\/own\.yaml: "Resources\.Functon" .* Did you mean Function\?$/),
    });
    expect(existsSync(join(root, 'build/lambda.zip'))).toBe(false);
  });

  it('writes the files of one stage, with the path of the zip that all stages share', async () => {
    const root = project(`{
      lambda: {
        functionName: 'hello',
        stages: { dev: { environment: { NODE_OPTIONS: '--enable-source-maps' } }, prod: { gateway: 'http' } },
      },
    }`);
    const { code, output } = await runCommand(['build', '--iac', 'sam', '--stage', 'prod'], root);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^deploy\/prod\/template\.yaml$/m) });
    const template = read(root, 'deploy/prod/template.yaml');
    expect(template).toMatch(
      /FunctionName: hello-prod[\s\S]*STAGE: prod[\s\S]*CodeUri: \.\.\/\.\.\/build\/lambda\.zip/,
    );
    expect(template).toMatch(/LogGroupName: \/aws\/lambda\/hello-prod[\s\S]*Serverless::HttpApi/);
    expect(existsSync(join(root, 'deploy/dev'))).toBe(false);
    // The function of the other stage reads source maps, and its zip is this one.
    expect(Object.keys(unzipSync(readFileSync(join(root, 'build/lambda.zip'))))).toContain('index.js.map');
    expect((await runCommand(['build', '--iac', 'sam', '--stage', 'prod', '--gateway', 'rest'], root)).code).toBe(0);
    expect(read(root, 'deploy/prod/template.yaml')).toContain('Serverless::Api');
  });

  it('names the version of an alias after the zip', async () => {
    const root = project("{ lambda: { alias: 'live' } }");
    const build = async () => {
      expect((await runCommand(['build', '--iac', 'cloudformation'], root)).code).toBe(0);
      return /^ {2}Version[0-9a-f]{12}:$/m.exec(read(root, 'deploy/cloudformation.yaml'))![0];
    };
    const first = await build();
    expect(await build()).toBe(first);
    writeFile(root, 'src/bootstrap-lambda.ts', "export const handler = async () => ({ statusCode: 200, body: 'x' });");
    expect(await build()).not.toBe(first);
  });

  it.each([
    [
      '{ lambda: { stages: { dev: {}, prod: {} } } }',
      /^There is no stage "prd"\. The stages in twodoors\.config\.ts are dev, prod\.$/,
    ],
    ['{}', /^--stage prd needs "lambda\.stages" in twodoors\.config\.ts, such as /],
  ])('rejects a stage that %s does not have', async (config, message) => {
    expect(await runCommand(['build', '--iac', 'sam', '--stage', 'prd'], project(config))).toEqual({
      code: 1,
      output: expect.stringMatching(message),
    });
  });

  it.each([
    [['build', 'koa', '--iac', 'sam'], /^--iac needs the Lambda build\. Use twodoors build lambda\.$/],
    [['build', 'koa', '--stage', 'prod'], /^--stage prod needs "lambda\.stages"/],
    [['build', '--iac', 'pulumi'], /Allowed choices are sam, cloudformation, terraform, cdk/],
    [['build', '--iac', 'sam', '--gateway', 'nlb'], /Allowed choices are rest, http, url, alb/],
  ])('rejects %j', async (args, message) => {
    expect(await runCommand(args, project())).toEqual({ code: 1, output: expect.stringMatching(message) });
  });
});

const THROTTLING = { rateLimit: 100, burstLimit: 50 };
const DOMAIN = {
  name: 'www.example.com',
  certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
};

describe('settings that the gateway does not support fail, with the fix:', () => {
  const credentials = { allowCredentials: true, allowOrigins: ['*'] };
  const rows: [mistake: string, lambda: LambdaConfig, message: RegExp][] = [
    [
      'streaming behind an HTTP API',
      { gateway: 'http', streaming: true },
      /An HTTP API .*"lambda\.streaming" to false/,
    ],
    [
      'streaming behind a load balancer',
      { gateway: 'alb', streaming: true },
      /A load balancer .*Function URL or a REST API/,
    ],
    [
      'a longer timeout than an HTTP API has',
      { gateway: 'http', timeout: 30 },
      /An HTTP API waits 29 seconds for a reply, but "lambda\.timeout" is 30/,
    ],
    ['a longer timeout than a REST API has', { gateway: 'rest', timeout: 60 }, /A REST API waits 29 seconds .*stream/],
    ['CORS settings of a REST API', { gateway: 'rest', cors: {} }, /A REST API has no CORS settings.*middleware/],
    ['CORS settings of a load balancer', { gateway: 'alb', cors: {} }, /A load balancer has no CORS settings/],
    [
      'cookies for all origins',
      { gateway: 'url', cors: credentials },
      /needs the names of the origins in "lambda\.cors\.allowOrigins"/,
    ],
    [
      'OPTIONS among the CORS methods of a Function URL',
      { gateway: 'url', cors: { allowMethods: ['GET', 'OPTIONS'] } },
      /OPTIONS, which a Function URL does not accept/,
    ],
    ['throttling by a Function URL', { throttling: THROTTLING }, /A Function URL has no .*reservedConcurrency/],
    ['throttling by a load balancer', { gateway: 'alb', throttling: THROTTLING }, /A load balancer .*reservedConcurr/],
    ['a domain of a Function URL', { domain: DOMAIN }, /A Function URL has no domain .*CloudFront in front/],
    ['access logs of a Function URL', { accessLogs: true }, /A Function URL logs no requests.*another gateway/],
    ['access logs of a load balancer without a bucket', { gateway: 'alb', accessLogs: true }, /\{ bucket: 'NAME' \}/],
    [
      'a bucket for the access logs of an HTTP API',
      { gateway: 'http', accessLogs: { bucket: 'logs' } },
      /An HTTP API logs requests to a log group.*"lambda\.accessLogs" to true/,
    ],
    ['signed requests to an HTTP API', { gateway: 'http', urlAuth: 'iam' }, /is for Function URLs, but .*"http"/],
    [
      'other events for a function that streams',
      { streaming: true, schedules: [{ expression: 'rate(1 day)' }], queues: [{ arn: 'arn:aws:sqs:eu-west-1:1:q' }] },
      /takes no other events, but "lambda\.schedules" and "lambda\.queues"/,
    ],
    ['a level for logs of text', { logLevel: 'warn' }, /"lambda\.logLevel" needs "lambda\.logFormat": "json"/],
    [
      'an alarm for a duration that the time-out prevents',
      { timeout: 3, alarms: { p99: 3001 } },
      /"lambda\.alarms\.p99" is 3001 milliseconds, but .* after 3 seconds/,
    ],
    [
      'a variable that is a secret as well',
      { environment: { TOKEN: 'x' }, secrets: { TOKEN: 'app' } },
      /TOKEN is in "lambda\.environment" and in "lambda\.secrets"/,
    ],
    [
      'a variable that Lambda sets',
      { environment: { AWS_REGION: 'x' }, secrets: { AWS_SESSION_TOKEN: 'x' } },
      /sets AWS_REGION itself.*"lambda\.environment".*\n.*AWS_SESSION_TOKEN.*"lambda\.secrets"/,
    ],
    [
      'variables of more than 4 KB',
      { environment: { LONG: 'é'.repeat(2048) } },
      /has 4100 bytes, but Lambda takes 4096/,
    ],
  ];
  it.each(rows)('%s', (_mistake, lambda, message) => {
    expect(() => generateDeployFile('sam', functionSettings({ lambda }, 'app'))).toThrow(message);
  });

  it('all mistakes at once', () => {
    const lambda: LambdaConfig = { gateway: 'alb', streaming: true, cors: credentials };
    expect(() => generateDeployFile('sam', functionSettings({ lambda }, 'app'))).toThrow(
      /streamed[^\n]*\n[^\n]*CORS[^\n]*\n[^\n]*origins/,
    );
  });

  it('those of all stages at once, each with its name', () => {
    const lambda: LambdaConfig = {
      functionName: 'a'.repeat(62),
      stages: { dev: { gateway: 'http' }, live: { accessLogs: true } },
    };
    const all = ['dev', 'live'].map((stage) => functionSettings({ lambda }, 'app', stage));
    expect(() => checkDeployment(...all)).toThrow(
      /^Stage "dev": The function would be called a+-dev, which has 66 characters.*the name of the stage\.\nStage "live": A Function URL logs no requests.*\nStage "live": The function would/,
    );
  });

  it('one domain for two stages', () => {
    const stages = (lambda: LambdaConfig) =>
      ['dev', 'prod'].map((stage) => functionSettings({ lambda: { gateway: 'http', ...lambda } }, 'app', stage));
    expect(() => checkDeployment(...stages({ domain: DOMAIN, stages: { dev: {}, prod: {} } }))).toThrow(
      /^The stages "dev" and "prod" have the same domain, www\.example\.com\. Move "lambda\.domain" to the stage/,
    );
    expect(() => checkDeployment(...stages({ stages: { dev: {}, prod: { domain: DOMAIN } } }))).not.toThrow();
  });

  test('settings that the gateway supports pass', () => {
    for (const lambda of [
      { gateway: 'url', timeout: 900 },
      { gateway: 'rest', streaming: true, timeout: 900 },
      { gateway: 'alb', timeout: 120 },
    ] as const) {
      for (const tool of ['sam', 'cloudformation', 'terraform', 'cdk'] as const) {
        expect(generateDeployFile(tool, functionSettings({ lambda }, 'app')).content).toMatch(/900|121/);
      }
    }
  });
});
