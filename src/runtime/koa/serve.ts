import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from '../app.js';
import { type Dispatcher, openDispatcher } from '../dispatch/dispatcher.js';
import { createInterruptions, type Interruptions } from '../dispatch/interruptions.js';
import { StartupError } from '../startup-error.js';
import { type Connections, watchConnections } from './connections.js';
import { type KoaOptions, toKoa } from './to-koa.js';

/** What {@link serve} takes. */
export interface ServeOptions extends KoaOptions {
  /** Default: 3000; 0 takes a free one. */
  port?: number;
  /** The address to listen on. Default: all. */
  host?: string;
  /** How long requests that are under way may take after a signal, until they are a 503, in milliseconds. Default: 10,000. */
  drainTimeout?: number;
}

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  readonly url: string;
  readonly server: Server;
  /** Takes no new connections, and resolves when those that are open have had their answer. */
  close(): Promise<void>;
}

/**
 * Serves an app over HTTP: listens, says so in one line, and on SIGTERM or SIGINT lets what is under way finish and
 * ends the process. A port that is taken, or an app that cannot start, ends it at once with exit code 1 and a reason.
 *
 * @example
 * ```ts
 * await serve(app, { port: Number(process.env.PORT ?? 3000) });
 * ```
 */
export async function serve(app: App, options: ServeOptions = {}): Promise<RunningServer> {
  const port = options.port ?? 3000;
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    return fail(`The port is ${port}, which is none. Set it to a whole number from 0 to 65535, such as PORT=3000.`);
  }
  const dispatcher = await openStarted(app);
  const server = createServer(toKoa(app, options).callback());
  const connections = watchConnections(server);
  dispatcher.interruptions ??= createInterruptions(dispatcher.replyToError);
  const { interruptions } = dispatcher;
  await new Promise<void>((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => fail(reasonOf(error, port, options.host)));
    server.listen({ port, host: options.host }, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  const running: RunningServer = {
    port: bound,
    url: `http://${options.host ?? 'localhost'}:${bound}`,
    server,
    close: () => closeServer(server, connections, interruptions, options.drainTimeout ?? 10_000),
  };
  drainOnSignals(running, dispatcher);
  console.log(`Listening on ${running.url}`);
  return running;
}

/** The app's dispatcher, once the app has started; an app that cannot ends the process. */
async function openStarted(app: App): Promise<Dispatcher> {
  let dispatcher: Dispatcher;
  try {
    dispatcher = openDispatcher(app);
  } catch (error) {
    if (error instanceof StartupError) return fail(error.message);
    throw error;
  }
  try {
    await dispatcher.lifecycle.start();
  } catch (error) {
    console.error(error);
    return fail('The app cannot start: its onStart failed, as above.');
  }
  return dispatcher;
}

function fail(reason: string): never {
  console.error(reason);
  process.exit(1);
}

function reasonOf(error: NodeJS.ErrnoException, port: number, host = 'this machine'): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken: another process listens on it. Stop that one, or choose another port, such as PORT=${port + 1}.`;
    case 'EACCES':
      return `Port ${port} may not be used by this user. Choose one from 1024 on.`;
    case 'EADDRNOTAVAIL':
      return `The address ${host} is not one of this machine. Leave "host" out, or correct it.`;
    default:
      return `Cannot listen on port ${port}: ${error.message}`;
  }
}

/** How long an answer of 503 may take to go out, in milliseconds. */
const LAST_WORDS = 500;

function closeServer(
  server: Server,
  connections: Connections,
  interruptions: Interruptions,
  drainTimeout: number,
): Promise<void> {
  return new Promise((resolve) => {
    let timer = setTimeout(() => {
      interruptions.interrupt();
      timer = setTimeout(() => server.closeAllConnections(), LAST_WORDS);
    }, drainTimeout);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    connections.closeIdle();
  });
}

function drainOnSignals(running: RunningServer, { lifecycle }: Dispatcher): void {
  let isDraining = false;
  const drain = (signal: NodeJS.Signals) => {
    if (isDraining) process.exit(signal === 'SIGINT' ? 130 : 143);
    isDraining = true;
    running
      .close()
      .then(() => lifecycle.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          fail('The app did not stop well: its onStop failed, as above.');
        },
      );
  };
  process.on('SIGTERM', drain);
  process.on('SIGINT', drain);
  running.server.once('close', () => process.off('SIGTERM', drain).off('SIGINT', drain));
}
