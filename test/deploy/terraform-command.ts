import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where Terraform is installed with the AWS provider: the folder of its providers. */
function findProviders(): string | undefined {
  try {
    execFileSync('terraform', ['-version'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const folders = [
    process.env['TF_PLUGIN_DIR'],
    '/opt/tf-plugins',
    join(process.env['HOME'] ?? '/', '.terraform.d/plugins'),
  ];
  return folders.find((folder) => folder && existsSync(join(folder, 'registry.terraform.io/hashicorp/aws')));
}

const providers = findProviders();

/** `test`, where Terraform and its AWS provider are installed; otherwise the test is skipped. */
export const testWithTerraform = providers === undefined ? test.skip : test;

/** Runs Terraform in a folder and returns what it prints. */
export async function terraform(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('terraform', args, { cwd: folder, maxBuffer: 64 << 20 }).catch(
    (failure: { stdout: string; stderr: string }) => {
      throw new Error(failure.stdout + failure.stderr);
    },
  );
  return stdout;
}

/** Prepares a folder for `validate` and `test`: links the provider. */
export function initialise(folder: string): Promise<string> {
  return terraform(folder, 'init', '-backend=false', `-plugin-dir=${providers}`);
}
