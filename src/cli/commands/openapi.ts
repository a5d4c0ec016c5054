import { Command } from 'commander';
import { openConfigured } from '../config/load-config.js';
import { printAndExit } from '../print-and-exit.js';
import { APP_FILE } from '../project/bootstrap.js';

interface OpenApiFlags {
  readonly yaml?: true;
  readonly check?: string;
}

/** `twodoors openapi` */
export const command = new Command('openapi')
  .argument('[app]', 'the module that exports the app', APP_FILE)
  .description('print the OpenAPI document of the app')
  .option('--yaml', 'print YAML instead of JSON')
  .option('--check <file>', 'compare the document with a file, JSON or YAML, and exit with 1 if it differs')
  .action(runOpenApi);

async function runOpenApi(app: string, { yaml, check }: OpenApiFlags): Promise<void> {
  const { printDocument } = await import('../openapi/print-document.js');
  const { project } = await openConfigured(process.cwd());
  await printAndExit(() => printDocument(project, app, { isYaml: yaml === true, checkedFile: check }));
}
