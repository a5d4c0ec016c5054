import { Command, Option } from 'commander';
import type { GatewayName } from '../../runtime/gateways/gateway.js';
import { CommandError } from '../command-error.js';
import { GATEWAY_NAMES, modelOf } from '../config/gateways.js';
import { openConfigured } from '../config/load-config.js';
import { settingsOf } from '../config/stages.js';
import type { RuntimeName } from '../local-lambda/function/runtime-command.js';
import { parseCount } from '../options/parse-option.js';
import { portOption } from '../options/port-option.js';
import { runtimeOption } from '../options/runtime-option.js';
import { DOOR_NAMES, type DoorName } from '../project/bootstrap.js';
import { environmentWithFile, fileEnvironment } from '../project/env-file.js';
import type { Project } from '../project/project.js';

interface DevFlags {
  readonly door: DoorName | 'both';
  readonly host: string;
  readonly open?: true;
  readonly types: boolean;
  readonly gateway?: GatewayName;
  readonly stage?: string;
  readonly concurrency: number;
  readonly freeze?: true;
  readonly runtime: RuntimeName;
}

/** `twodoors dev` */
export const command = new Command('dev')
  .description('run a door on localhost:3000 (or PORT), and restart when you save a file')
  .addOption(
    new Option(
      '--door <door>',
      'the door to run: the Koa server, the Lambda function in a local Lambda, or both, Lambda on the next port',
    )
      .choices([...DOOR_NAMES, 'both'])
      .default('koa' satisfies DoorName),
  )
  .option('--host <address>', 'the address to listen on; 0.0.0.0 lets other machines connect', '127.0.0.1')
  .addOption(portOption('dev'))
  .option('--open', 'open the browser')
  .option('--no-types', 'do not check types beside')
  .addOption(
    new Option(
      '--gateway <name>',
      'lambda only: the gateway in front of the function; alb-multi is a load balancer with multi-value headers (default: the one in twodoors.config.ts, or url)',
    ).choices(GATEWAY_NAMES),
  )
  .option('--stage <name>', 'lambda only: the stage in lambda.stages whose settings and variables the function gets')
  .option(
    '--concurrency <number>',
    'lambda only: how many requests can run at the same time, each in its own process',
    parseCount,
    10,
  )
  .option('--freeze', 'lambda only: stop the process between invocations, as Lambda does')
  .addOption(runtimeOption())
  .action(runDev);

async function runDev(flags: DevFlags, self: Command): Promise<void> {
  const { project, config } = await openConfigured(process.cwd());
  const { door, host, types: checksTypes } = flags;
  const onListening = flags.open === true ? (await import('../dev/open-browser.js')).openBrowser : undefined;
  if (door === 'koa') {
    checkNoLambdaFlags(self);
    const { dev } = await import('../dev/dev-server.js');
    return dev(project, { host, checksTypes, onListening });
  }
  const settings = settingsOf(config, project.name, flags.stage);
  const lambda = {
    gateway: flags.gateway ?? modelOf(settings.gateway),
    host,
    port: Number(process.env['PORT'] ?? 3000),
    concurrency: flags.concurrency,
    freezes: flags.freeze === true,
    runtime: flags.runtime,
    settings,
    environment: () => fileEnvironment(project),
    cors: settings.cors,
  };
  const { devLambda } = await import('../local-lambda/dev-lambda.js');
  if (door === 'lambda') return devLambda(project, { ...lambda, checksTypes, onListening });
  const { dev } = await import('../dev/dev-server.js');
  const { createBuildFailures } = await import('../dev/build-failures.js');
  const failures = createBuildFailures();
  const port = portBeside(project);
  console.log(`The Koa door, and the Lambda door on ${port === 0 ? 'a free port' : `port ${port}`}.`);
  await endTogether([
    dev(project, { host, checksTypes, onListening, failures }),
    devLambda(project, { ...lambda, port, failures }),
  ]);
}

/** The port of the Lambda door beside the Koa door: the next one. */
function portBeside(project: Project): number {
  const port = Number(environmentWithFile(project)['PORT'] ?? 3000);
  return port === 0 ? 0 : port + 1;
}

/** Waits for both doors. Where one fails, the other ends as by a signal. */
async function endTogether(doors: readonly Promise<void>[]): Promise<void> {
  try {
    await Promise.all(doors);
  } catch (error) {
    process.emit('SIGTERM');
    await Promise.allSettled(doors);
    throw error;
  }
}

/** The flags of both doors; all others are for the Lambda door. */
const COMMON_FLAGS = ['door', 'host', 'open', 'types'];

/** @throws CommandError if a flag of the Lambda door was given for the Koa door */
function checkNoLambdaFlags(self: Command): void {
  const given = Object.keys(self.opts()).filter((name) => self.getOptionValueSource(name) === 'cli');
  const lambdaFlag = given.find((name) => !COMMON_FLAGS.includes(name));
  if (lambdaFlag === undefined) return;
  throw new CommandError(`--${lambdaFlag} needs the Lambda door. Add --door lambda, or remove --${lambdaFlag}.`);
}
