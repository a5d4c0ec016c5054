import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GatewayName } from '../../runtime/gateways/gateway.js';
import { urlOf } from '../../runtime/koa/server-url.js';
import { buildFunction } from '../bundle/build-doors.js';
import { explainCircularImport } from '../bundle/circular-imports.js';
import { CommandError } from '../command-error.js';
import type { CorsConfig } from '../config/config.js';
import { type FunctionSettings, HANDLER } from '../config/function-settings.js';
import { type BuildFailures, createBuildFailures } from '../dev/build-failures.js';
import { rebuildOnChange, tryToBuild, untilInterrupted } from '../dev/rebuild-loop.js';
import { createTypeCheck } from '../dev/type-check.js';
import { bootstrapOf } from '../project/bootstrap.js';
import type { Project } from '../project/project.js';
import type { FunctionError } from './function/invocation.js';
import { LocalFunction } from './function/local-function.js';
import { findRuntime, type RuntimeName } from './function/runtime-command.js';
import { createGatewayServer } from './gateway/gateway-server.js';

/** What {@link devLambda} needs. */
export interface DevLambdaOptions {
  /** The gateway in front of the function. */
  readonly gateway: GatewayName;
  /** The address to listen on. */
  readonly host: string;
  readonly port: number;
  readonly settings: FunctionSettings;
  /** Further environment variables of the function. It is called for each build. */
  readonly environment: () => Readonly<Record<string, string>>;
  /** How many invocations can run at the same time. */
  readonly concurrency: number;
  /** Whether sandboxes are stopped between invocations. */
  readonly freezes: boolean;
  readonly runtime: RuntimeName;
  /** The CORS settings of the gateway; only `http` and `url` have them. */
  readonly cors?: CorsConfig | undefined;
  /** Whether types are checked beside it. Default: false. */
  readonly checksTypes?: boolean;
  /** Where it shares the messages of failed builds with another door. Default: it does not. */
  readonly failures?: BuildFailures;
  /** Is called with the address of the gateway when it listens. */
  readonly onListening?: ((url: string) => void) | undefined;
}

/**
 * Builds the Lambda door, runs it in sandboxes, and serves it over HTTP as one of AWS's gateways does. It builds again
 * whenever its code, its views or `.env` changes; a request waits for the build, and the new code replies. Resolves when a
 * signal has ended it.
 *
 * @throws CommandError if there is nothing to run, or the port is taken
 */
export async function devLambda(project: Project, options: DevLambdaOptions): Promise<void> {
  const { gateway, host, port, settings, environment, concurrency, freezes, cors } = options;
  const { failures = createBuildFailures() } = options;
  const bootstrap = bootstrapOf(project, 'lambda');
  checkOptions(options);
  const runtime = findRuntime(options.runtime, project.root, HANDLER);
  let current: LocalFunction | undefined;
  const types = options.checksTypes === true ? createTypeCheck(project) : undefined;
  const loop = rebuildOnChange({
    project,
    // They are in the bundle.
    folders: project.views,
    async rebuild(isOutdated, sources) {
      const local = { ...settings, isPlanned: false, isLocal: true, sources };
      const building = tryToBuild('lambda', failures, () => buildFunction(project, local));
      types?.start(building.then(({ failure }) => failure));
      const { built } = await building;
      if (isOutdated()) return;
      const previous = current;
      const own = { settings, environment: environment(), handler: HANDLER, runtime, freezes, concurrency };
      current = built && new LocalFunction({ ...own, taskRoot: built.folder });
      // The previous function finishes its invocations.
      void previous?.stop();
    },
  });
  async function currentFunction(): Promise<LocalFunction | undefined> {
    await loop.settled();
    return current;
  }
  async function explainFunctionError({ errorType, errorMessage }: FunctionError): Promise<void> {
    const circular = await explainCircularImport(project, bootstrap, { name: errorType, message: errorMessage });
    if (circular !== undefined) console.error(circular.message);
  }
  const server = createGatewayServer({
    gateway,
    target: currentFunction,
    cors,
    onFunctionError: (error) => void explainFunctionError(error),
  });
  try {
    await Promise.all([loop.settled(), listen(server, port, host)]);
    const url = urlOf(host, (server.address() as AddressInfo).port);
    console.log(`Listening on ${url}`);
    options.onListening?.(url);
    await untilInterrupted();
  } finally {
    types?.close();
    await loop.close();
    server.close();
    server.closeAllConnections();
    await current?.kill();
  }
}

/** @throws CommandError for options that do not go together */
function checkOptions({ gateway, cors, freezes }: DevLambdaOptions): void {
  if (cors !== undefined && gateway !== 'http' && gateway !== 'url') {
    throw new CommandError(
      `"lambda.cors" is set, but the gateway ${gateway} has no CORS settings. Use --gateway http or --gateway url, or add a CORS middleware to the app.`,
    );
  }
  if (freezes && process.platform === 'win32') {
    throw new CommandError('--freeze does not work on Windows. Remove it.');
  }
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new CommandError(
      `Invalid port ${process.env['PORT']}: set PORT to a whole number from 0 to 65535, such as PORT=3000.`,
    );
  }
  server.listen({ port, host });
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new CommandError(`The address ${host} does not belong to this machine. Remove --host, or correct it.`);
    }
    if (code !== 'EADDRINUSE') throw error;
    throw new CommandError(
      `Port ${port} is taken by another process. Stop that process, or use another port: PORT=${port + 1}.`,
    );
  }
}
