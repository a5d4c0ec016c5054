import { Command, Option } from 'commander';
import type { GatewayName } from '../../runtime/gateways/gateway.js';
import { CommandError } from '../command-error.js';
import { functionSettings } from '../config/function-settings.js';
import { GATEWAY_NAMES, modelOf } from '../config/gateways.js';
import { openConfigured } from '../config/load-config.js';
import type { RuntimeName } from '../local-lambda/function/runtime-command.js';
import { parseCount } from '../options/parse-option.js';
import { runtimeOption } from '../options/runtime-option.js';
import { DOOR_NAMES, type DoorName } from '../project/bootstrap.js';
import { fileEnvironment } from '../project/env-file.js';

/** All flags except `--door` and `--host` are only for the Lambda door. */
interface DevFlags {
  readonly door: DoorName;
  readonly host: string;
  readonly gateway?: GatewayName;
  readonly concurrency: number;
  readonly freeze?: true;
  readonly runtime: RuntimeName;
}

/** `twodoors dev` */
export const command = new Command('dev')
  .description('run a door on localhost:3000 (or PORT), and restart when you save a file below src')
  .addOption(
    new Option('--door <door>', 'the door to run: the Koa server, or the Lambda function in a local Lambda')
      .choices(DOOR_NAMES)
      .default('koa' satisfies DoorName),
  )
  .option('--host <address>', 'the address to listen on; 0.0.0.0 lets other machines connect', '127.0.0.1')
  .addOption(
    new Option(
      '--gateway <name>',
      'lambda only: the gateway in front of the function; alb-multi is a load balancer with multi-value headers (default: the one in twodoors.config.ts, or url)',
    ).choices(GATEWAY_NAMES),
  )
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
  if (flags.door === 'koa') {
    checkNoLambdaFlags(self);
    const { dev } = await import('../dev/dev-server.js');
    return dev(project, flags.host);
  }
  const { devLambda } = await import('../local-lambda/dev-lambda.js');
  const settings = functionSettings(config, project.name);
  await devLambda(project, {
    gateway: flags.gateway ?? modelOf(settings.gateway),
    host: flags.host,
    port: Number(process.env['PORT'] ?? 3000),
    concurrency: flags.concurrency,
    freezes: flags.freeze === true,
    runtime: flags.runtime,
    settings,
    environment: () => fileEnvironment(project),
    cors: settings.cors,
  });
}

/** @throws CommandError if a flag of the Lambda door was given for the Koa door */
function checkNoLambdaFlags(self: Command): void {
  const given = Object.keys(self.opts()).filter((name) => self.getOptionValueSource(name) === 'cli');
  const lambdaFlag = given.find((name) => name !== 'door' && name !== 'host');
  if (lambdaFlag === undefined) return;
  throw new CommandError(`--${lambdaFlag} needs the Lambda door. Add --door lambda, or remove --${lambdaFlag}.`);
}
