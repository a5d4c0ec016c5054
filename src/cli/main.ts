#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { GatewayName } from '../runtime/gateways/gateway.js';
import { CommandError } from './command-error.js';
import { buildCommand } from './commands/build.js';
import { functionSettings, gatewayOf } from './config/function-settings.js';
import { openConfigured } from './config/load-config.js';
import { RUNTIMES, type RuntimeName } from './local-lambda/function/runtime-command.js';
import { fileEnvironmentOf } from './project/env-file.js';
import { BOOTSTRAPS, type Door, openProject } from './project/project.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** What `dev` takes; all but the door is for Lambda. */
interface DevOptions {
  readonly door: Door;
  readonly as?: GatewayName;
  readonly concurrency: number;
  readonly freeze?: boolean;
  readonly runtime: RuntimeName;
}

function count(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 to 9999.');
  return Number(text);
}

const program = new Command('twodoors')
  .description('Builds and runs an app behind its two doors: a Koa server and an AWS Lambda handler.')
  .version(version);

const runtimeOption = new Option(
  '--runtime <name>',
  'what calls the handler: the runtime of twodoors, or that of AWS, where your project has the package',
)
  .choices(RUNTIMES)
  .default('twodoors' satisfies RuntimeName);

program
  .command('dev')
  .description('run a door on localhost:3000 (or PORT), and run the new code on every change below src')
  .addOption(
    new Option('--door <door>', 'the door to run: koa is the server, lambda the function in a local Lambda')
      .choices(Object.keys(BOOTSTRAPS))
      .default('koa' satisfies Door),
  )
  .addOption(
    new Option(
      '--as <front>',
      'lambda: the gateway that stands in front of the function (default: as in twodoors.config.ts, or url)',
    ).choices(['rest', 'http', 'alb', 'alb-multi', 'url'] satisfies GatewayName[]),
  )
  .option(
    '--concurrency <number>',
    'lambda: how many requests may run at once, each in a process of its own',
    count,
    10,
  )
  .option('--freeze', 'lambda: stop the process between invocations, as Lambda does')
  .addOption(runtimeOption)
  .action(async ({ door, ...options }: DevOptions, command: Command) => {
    const { project, config } = await openConfigured(process.cwd());
    const forLambda = Object.keys(options).find((name) => command.getOptionValueSource(name) === 'cli');
    if (door === 'koa' && forLambda !== undefined) {
      throw new CommandError(`--${forLambda} is of the local Lambda. Add --door lambda, or leave it out.`);
    }
    if (door === 'koa') {
      const { dev } = await import('./dev/dev-server.js');
      return dev(project);
    }
    const { devLambda } = await import('./local-lambda/dev-lambda.js');
    const settings = functionSettings(config, project.name);
    await devLambda(project, {
      front: options.as ?? gatewayOf(settings.front),
      port: Number(process.env['PORT'] ?? 3000),
      concurrency: options.concurrency,
      freezes: options.freeze === true,
      runtime: options.runtime,
      settings,
      environment: () => fileEnvironmentOf(project),
      cors: settings.cors,
    });
  });

program
  .command('invoke')
  .argument('<event>', 'a file with the event, as JSON; - for the standard input')
  .description('build the function, invoke it once in a local Lambda, and print its result')
  .addOption(runtimeOption)
  .action(async (event: string, { runtime }: { runtime: RuntimeName }) => {
    const { invoke } = await import('./local-lambda/invoke.js');
    const { project, config } = await openConfigured(process.cwd());
    const settings = functionSettings(config, project.name);
    const isSuccess = await invoke(project, event, { runtime, settings, environment: {} });
    if (!isSuccess) process.exitCode = 1;
  });

program
  .command('start')
  .description('build the server and run it')
  .action(async () => {
    const { start } = await import('./commands/start.js');
    await start(openProject(process.cwd()));
  });

program.addCommand(buildCommand());

program
  .command('parity')
  .argument('<app>', 'the module that exports the app, such as src/app.ts')
  .argument('<requests>', 'the requests: a .http file as editors use them, or a .har')
  .description('send requests through every door, and compare the answers')
  .action(async (app: string, requests: string) => {
    const { parity } = await import('./parity/parity.js');
    const { project } = await openConfigured(process.cwd());
    if (!(await parity(project, app, requests))) process.exitCode = 1;
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
