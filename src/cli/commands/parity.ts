import { Command } from 'commander';
import { openConfigured } from '../config/load-config.js';

/** `twodoors parity` */
export const command = new Command('parity')
  .argument('<app>', 'the module that exports the app, such as src/app.ts')
  .argument('<requests>', 'the file with the requests: a .http file, or a HAR')
  .description('send requests through every door, and compare the responses')
  .action(runParity);

async function runParity(app: string, requests: string): Promise<void> {
  const { compareDoors } = await import('../parity/compare-doors.js');
  const { project } = await openConfigured(process.cwd());
  if (!(await compareDoors(project, app, requests))) process.exitCode = 1;
}
