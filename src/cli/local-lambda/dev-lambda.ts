import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { GatewayName } from '../../runtime/gateways/gateway.js';
import { buildFunction } from '../bundle/build-doors.js';
import { explainCircularImport } from '../bundle/circular-imports.js';
import { CommandError } from '../command-error.js';
import type { CorsConfig } from '../config/config.js';
import { type FunctionSettings, HANDLER } from '../config/function-settings.js';
import { endOfCommand, rebuildOnChange, tryToBuild } from '../dev/rebuild-loop.js';
import { bootstrapOf, type Project } from '../project/project.js';
import type { FunctionError } from './function/invocation.js';
import { LocalFunction } from './function/local-function.js';
import { findRuntime, type RuntimeName } from './function/runtime-command.js';
import { createGatewayServer } from './gateway/gateway-server.js';

/** What `twodoors dev --door lambda` takes. */
export interface DevLambdaOptions {
  /** What stands in front of the function. */
  readonly front: GatewayName;
  readonly port: number;
  readonly settings: FunctionSettings;
  /** Variables beside those of the settings; asked for with each build. */
  readonly environment: () => Readonly<Record<string, string>>;
  /** How many invocations there may be at once. */
  readonly concurrency: number;
  /** Whether sandboxes are stopped between invocations. */
  readonly freezes: boolean;
  readonly runtime: RuntimeName;
  /** What the front does itself; `http` and `url` alone. */
  readonly cors?: CorsConfig | undefined;
}

/**
 * `twodoors dev --door lambda`: builds the Lambda door, runs it in sandboxes of its own, and serves it over HTTP as one of
 * AWS's gateways would. It is built again whenever something below `src` changes; a request waits for that, and is
 * answered by the new code. Resolves when a signal ended it.
 *
 * @throws CommandError where there is nothing to run, or the port is taken
 */
export async function devLambda(project: Project, options: DevLambdaOptions): Promise<void> {
  const { front, port, settings, environment, concurrency, freezes, cors } = options;
  const bootstrap = bootstrapOf(project, 'lambda');
  checkOptions(options);
  const runtime = findRuntime(options.runtime, project.root, HANDLER);
  let current: LocalFunction | undefined;
  const loop = rebuildOnChange({
    folder: join(project.root, 'src'),
    async rebuild(isOutdated) {
      const built = await tryToBuild(() => buildFunction(project, settings));
      if (isOutdated()) return;
      const previous = current;
      const own = { settings, environment: environment(), handler: HANDLER, runtime, freezes, concurrency };
      current = built && new LocalFunction({ ...own, taskRoot: built.folder });
      // What it is doing it finishes.
      void previous?.stop();
    },
  });
  const onFunctionError = async ({ errorType, errorMessage }: FunctionError) => {
    const circular = await explainCircularImport(project, bootstrap, { name: errorType, message: errorMessage });
    if (circular !== undefined) console.error(circular.message);
  };
  const target = async () => {
    await loop.settled();
    return current;
  };
  const server = createGatewayServer({ front, target, cors, onFunctionError });
  try {
    await Promise.all([loop.settled(), listen(server, port)]);
    console.log(`Listening on http://localhost:${(server.address() as AddressInfo).port}`);
    await endOfCommand();
  } finally {
    await loop.close();
    server.close();
    server.closeAllConnections();
    await current?.kill();
  }
}

/** @throws CommandError for what makes no sense together */
function checkOptions({ front, cors, freezes }: DevLambdaOptions): void {
  if (cors !== undefined && front !== 'http' && front !== 'url') {
    throw new CommandError(
      `CORS is configured, and ${front} has no such setting: only HTTP APIs and Function URLs answer for CORS themselves. Take --as http or --as url, or answer in the app.`,
    );
  }
  if (freezes && process.platform === 'win32') {
    throw new CommandError('--freeze needs signals that Windows does not have. Leave it out.');
  }
}

async function listen(server: Server, port: number): Promise<void> {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new CommandError(
      `The port is ${process.env['PORT']}, which is none. Set it to a whole number from 0 to 65535, such as PORT=3000.`,
    );
  }
  server.listen(port);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new CommandError(
      `Port ${port} is taken: another process listens on it. Stop that one, or choose another port, such as PORT=${port + 1}.`,
    );
  }
}
