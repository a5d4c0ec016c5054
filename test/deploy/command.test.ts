import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { LambdaConfig } from '../../src/cli/config/config.js';
import { functionSettings } from '../../src/cli/config/function-settings.js';
import { describe as describeFor } from '../../src/cli/deploy/describe.js';
import { makeProject, removeProjects, writeFile } from '../projects.js';
import { runCommand } from '../run-command.js';

// Compilers are started, beside all other tests.
jest.setTimeout(60_000);
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
  ])('%s writes %s, beside the zip that it is about', async (tool, name, part) => {
    const root = project("{ lambda: { environment: { STAGE: 'live' } } }");
    const { code, output } = await runCommand(['build', '--iac', tool], root);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(new RegExp(`^${name}$`, 'm')) });
    expect(read(root, name)).toContain(part);
    expect(read(root, name)).toContain('live');
    expect(read(root, name)).not.toContain('of-this-machine');
    expect(existsSync(join(root, 'build/lambda.zip'))).toBe(true);
  });

  it('takes the front of the command before that of the config', async () => {
    const root = project("{ lambda: { front: 'alb' } }");
    await runCommand(['build', '--iac', 'sam', '--front', 'http'], root);
    expect(read(root, 'deploy/template.yaml')).toContain('AWS::Serverless::HttpApi');
  });

  it('writes a description anew, until somebody else has changed it', async () => {
    const name = 'deploy/template.yaml';
    const root = project();
    const build = async (...args: string[]) => (await runCommand(['build', '--iac', 'sam', ...args], root)).output;
    await build();
    const first = read(root, name);

    // A checkout may end lines in another way.
    writeFile(root, name, first.replaceAll('\n', '\r\n'));
    expect(await build('--front', 'http')).not.toContain('Warning');
    const second = read(root, name);
    expect(second).toContain('AWS::Serverless::HttpApi');

    const changed = second.replace('MemorySize: 512', 'MemorySize: 2048');
    writeFile(root, name, changed);
    expect(await build('--front', 'rest')).toMatch(
      /^Warning: deploy\/template\.yaml was changed .* left as it is\..* --force/m,
    );
    expect(read(root, name)).toBe(changed);
    expect(read(root, `build/${name}`)).toContain('AWS::Serverless::Api');

    expect(await build('--front', 'rest', '--force')).not.toContain('Warning');
    expect(read(root, name)).toContain('AWS::Serverless::Api');
  });

  it('leaves a file that it never wrote', async () => {
    const root = project();
    writeFile(root, 'deploy/main.tf', '# ours\n');
    expect((await runCommand(['build', '--iac', 'terraform'], root)).output).toContain('left as it is');
    expect(read(root, 'deploy/main.tf')).toBe('# ours\n');
  });

  it('builds nothing where that could not be deployed', async () => {
    const root = project('{ lambda: { streaming: true } }');
    expect(await runCommand(['build', '--iac', 'cdk', '--front', 'http'], root)).toEqual({
      code: 1,
      output: expect.stringMatching(/^An HTTP API .* does not read streamed answers\./),
    });
    expect(existsSync(join(root, 'build/lambda.zip'))).toBe(false);
  });

  it.each([
    [['build', 'koa', '--iac', 'sam'], /^What is deployed is of the Lambda door/],
    [['build', '--iac', 'pulumi'], /Allowed choices are sam, cloudformation, terraform, cdk/],
    [['build', '--iac', 'sam', '--front', 'nlb'], /Allowed choices are url, http, rest, alb/],
  ])('refuses %j', async (args, message) => {
    expect(await runCommand(args, project())).toEqual({ code: 1, output: expect.stringMatching(message) });
  });
});

describe('what a front cannot do is said, with its cure:', () => {
  const credentials = { allowCredentials: true, allowOrigins: ['*'] };
  const rows: [mistake: string, lambda: LambdaConfig, message: RegExp][] = [
    ['streaming behind an HTTP API', { front: 'http', streaming: true }, /An HTTP API .*"lambda\.streaming" off/],
    [
      'streaming behind a load balancer',
      { front: 'alb', streaming: true },
      /A load balancer .*Function URL or a REST API/,
    ],
    [
      'more time than an HTTP API has',
      { front: 'http', timeout: 30 },
      /An HTTP API waits 29 seconds, and "lambda\.timeout" is 30/,
    ],
    ['more time than a REST API has', { front: 'rest', timeout: 60 }, /A REST API waits 29 seconds, .*stream/],
    ['CORS of a REST API', { front: 'rest', cors: {} }, /A REST API has no CORS of its own.*middleware/],
    ['CORS of a load balancer', { front: 'alb', cors: {} }, /A load balancer has no CORS of its own/],
    [
      'cookies for everybody',
      { front: 'url', cors: credentials },
      /needs "lambda\.cors\.allowOrigins" to name its origins/,
    ],
    [
      'OPTIONS of a Function URL',
      { front: 'url', cors: { allowMethods: ['GET', 'OPTIONS'] } },
      /OPTIONS, which a Function URL refuses/,
    ],
  ];
  it.each(rows)('%s', (_mistake, lambda, message) => {
    expect(() => describeFor('sam', functionSettings({ lambda }, 'app'))).toThrow(message);
  });

  it('all at once', () => {
    const lambda: LambdaConfig = { front: 'alb', streaming: true, cors: credentials };
    expect(() => describeFor('sam', functionSettings({ lambda }, 'app'))).toThrow(
      /streamed[^\n]*\n[^\n]*CORS[^\n]*\n[^\n]*origins/,
    );
  });

  it('and what it can do passes', () => {
    for (const lambda of [
      { front: 'url', timeout: 900 },
      { front: 'rest', streaming: true, timeout: 900 },
      { front: 'alb', timeout: 120 },
    ] as const) {
      for (const tool of ['sam', 'cloudformation', 'terraform', 'cdk'] as const) {
        expect(describeFor(tool, functionSettings({ lambda }, 'app')).content).toMatch(/900|121/);
      }
    }
  });
});
