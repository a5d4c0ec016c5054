import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from '@cdktf/hcl2json';
import { jest } from '@jest/globals';
import { functionSettings } from '../../src/cli/config/function-settings.js';
import { parseOwn } from '../../src/cli/deploy/cloudformation/own-template.js';
import { generateDeployFile } from '../../src/cli/deploy/generate.js';
import { REPOSITORY } from '../projects.js';

// What examples/flaskr/deploy has: what is generated, and what the app needs beyond.

jest.setTimeout(300_000);

const run = promisify(execFile);
const DEPLOY = join(REPOSITORY, 'examples/flaskr/deploy');
const read = (name: string) => readFileSync(join(DEPLOY, name), 'utf8');
/** As in the example's twodoors.config.ts. */
const SETTINGS = functionSettings({ lambda: { functionName: 'flaskr', memorySize: 1024, gateway: 'http' } }, 'flaskr');

const root = mkdtempSync(join(tmpdir(), 'twodoors-flaskr-deploy-'));
afterAll(() => rmSync(root, { recursive: true }));

test('main.tf is as it is generated', () => {
  expect(read('main.tf').replace(/^# Generated.*\n/, '')).toBe(generateDeployFile('terraform', SETTINGS).content);
});

test('template.yaml is as it is generated, with own.yaml', () => {
  const own = [parseOwn('deploy/own.yaml', read('own.yaml'))];
  expect(read('template.yaml').replace(/^# Generated.*\n/, '')).toBe(
    generateDeployFile('sam', SETTINGS, { own }).content,
  );
});

test('no secret is in a file: each is a reference', async () => {
  const template = read('template.yaml');
  expect(template).toContain('postgres://flaskr:{{resolve:secretsmanager:flaskr/database:SecretString:password}}@');
  expect(template).toContain("SECRET: '{{resolve:secretsmanager:flaskr/session:SecretString}}'");
  const override = (await parse('app_override.tf', read('app_override.tf'))) as {
    resource: { aws_lambda_function: { app: [{ environment: [{ variables: Record<string, string> }] }] } };
  };
  const [{ variables }] = override.resource.aws_lambda_function.app[0].environment;
  expect(variables['DATABASE_URL']).toContain(
    'flaskr:${data.aws_secretsmanager_secret_version.database.secret_string}@',
  );
  expect(variables['SECRET']).toBe('${data.aws_secretsmanager_secret_version.session.secret_string}');
});

test('aws-cdk-lib reads both templates, and the database takes connections of the function alone', async () => {
  for (const [folder, name] of [
    ['sam', 'template.yaml'],
    ['database', 'database.yaml'],
  ] as const) {
    mkdirSync(join(root, 'cdk', folder), { recursive: true });
    const target = folder === 'sam' ? 'template.yaml' : 'cloudformation.yaml';
    cpSync(join(DEPLOY, name), join(root, 'cdk', folder, target));
  }
  const output = join(root, 'templates.json');
  await run(process.execPath, [join(REPOSITORY, 'test/deploy/synthesise.js'), join(root, 'cdk'), output], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const { sam, database } = JSON.parse(readFileSync(output, 'utf8'));
  expect(sam.Resources.Function.Properties.VpcConfig).toEqual({
    SecurityGroupIds: [{ 'Fn::ImportValue': 'flaskr-function-security-group' }],
    SubnetIds: { 'Fn::Split': [',', { 'Fn::ImportValue': 'flaskr-subnet-ids' }] },
  });
  expect(database.Resources.DatabaseSecurityGroup.Properties.SecurityGroupIngress).toEqual([
    { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: { Ref: 'FunctionSecurityGroup' } },
  ]);
  expect(database.Resources.Database.Properties).toMatchObject({ PubliclyAccessible: false, StorageEncrypted: true });
  const exported = Object.values<{ Export: { Name: string } }>(database.Outputs).map(({ Export }) => Export.Name);
  const imported = [...read('template.yaml').matchAll(/!ImportValue ([\w-]+)/g)].map(([, name]) => name);
  expect(imported.sort()).toEqual(exported.sort());
});

const isThere = (command: string) => {
  try {
    execFileSync('which', [command], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const testIf = (condition: boolean) => (condition ? test : test.skip);

testIf(isThere('cfn-lint'))('cfn-lint has no remarks (needs cfn-lint)', async () => {
  const files = ['template.yaml', 'database.yaml'].map((name) => join(DEPLOY, name));
  const { stdout } = await run('cfn-lint', files).catch((failure: { stdout: string }) => failure);
  expect(stdout).toBe('');
});

const providers = [process.env['TF_PLUGIN_DIR'], '/opt/tf-plugins'].find(
  (folder) => folder && existsSync(join(folder, 'registry.terraform.io/hashicorp/aws')),
);

testIf(isThere('terraform') && providers !== undefined)(
  'terraform accepts the files together, and their formatting (needs terraform and its provider)',
  async () => {
    const folder = join(root, 'terraform/deploy');
    cpSync(DEPLOY, folder, { recursive: true });
    mkdirSync(join(root, 'terraform/build'));
    writeFileSync(join(root, 'terraform/build/lambda.zip'), 'a zip');
    const terraform = async (...args: string[]) => (await run('terraform', args, { cwd: folder })).stdout;
    await terraform('init', '-backend=false', `-plugin-dir=${providers}`);
    expect(JSON.parse(await terraform('validate', '-json'))).toMatchObject({ valid: true, diagnostics: [] });
    expect(await terraform('fmt', '-check', '-diff')).toBe('');
  },
);
