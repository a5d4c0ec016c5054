import { Command } from 'commander';
import { openConfigured } from '../config/load-config.js';
import { printAndExit } from '../print-and-exit.js';
import { APP_FILE } from '../project/bootstrap.js';

interface RoutesFlags {
  readonly json?: true;
  readonly match?: string;
}

/** `twodoors routes` */
export const command = new Command('routes')
  .argument('[app]', 'the module that exports the app', APP_FILE)
  .description('list the routes of the app, the most specific first')
  .option('--match <request>', "show which route answers a request such as 'GET /todos/7', and why the others do not")
  .option('--json', 'print JSON')
  .action(runRoutes);

async function runRoutes(app: string, { json, match }: RoutesFlags): Promise<void> {
  const { printRoutes } = await import('../routes/print-routes.js');
  const { project } = await openConfigured(process.cwd());
  await printAndExit(() => printRoutes(project, app, { match, isJson: json === true }));
}
