import { channel } from 'node:diagnostics_channel';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from '../app.js';
import { type Dispatcher, openDispatcher } from '../dispatch/dispatcher.js';
import { createInterruptions } from '../dispatch/time/interruptions.js';
import { StartupError } from '../startup-error.js';
import { watchConnections } from './connections.js';
import { urlOf } from './server-url.js';
import { shutDown } from './shutdown.js';
import { type KoaOptions, toKoa } from './to-koa.js';
import { replyToTransportErrors } from './transport-errors.js';

/** The diagnostics channel that gets each server when it listens; `twodoors dev` subscribes to it. */
const LISTENING = 'twodoors.server.listening';

/** Options of {@link serve}. */
export interface ServeOptions extends KoaOptions {
  /** Default: 3000; 0 takes a free port. */
  port?: number | undefined;
  /** The address to listen on. Default: the environment variable `HOST`, else all. */
  host?: string | undefined;
  /**
   * How long requests under way may take after a signal or `close()` before they are a 503, in milliseconds.
   * Default: 10,000; `Infinity` waits for all.
   */
  drainTimeout?: number | undefined;
}

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  readonly url: string;
  readonly server: Server;
  /**
   * Takes no new connections, waits until the requests under way have their reply, and runs the app's `onStop`. Each call
   * returns the same promise; it rejects with what `onStop` throws.
   */
  close(): Promise<void>;
}

/**
 * Serves an app over HTTP: it listens and prints its URL. On SIGTERM or SIGINT it finishes the requests under way and
 * ends the process. If the port is taken or the app cannot start, it prints the reason and exits with code 1.
 *
 * @example
 * ```ts
 * await serve(app, { port: Number(process.env.PORT ?? 3000) });
 * ```
 */
export async function serve(app: App, options: ServeOptions = {}): Promise<RunningServer> {
  const { port = 3000, host = process.env['HOST'] || undefined, drainTimeout = 10_000 } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65535) return exit(`Invalid port ${port}: use 0–65535.`);
  if (!(drainTimeout >= 0))
    return exit(`Invalid drainTimeout ${drainTimeout}: use milliseconds from 0 on, or Infinity.`);
  const dispatcher = await startApp(app);
  const server = createServer(toKoa(app, options).callback());
  dispatcher.interruptions ??= createInterruptions(dispatcher);
  const { interruptions } = dispatcher;
  const connections = watchConnections(server);
  replyToTransportErrors(server, connections);
  await new Promise<void>((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => exit(listenFailure(error, port, host)));
    server.listen({ port, host }, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  const running: RunningServer = {
    port: bound,
    url: urlOf(host, bound),
    server,
    close() {
      closed ??= shutDown(server, connections, interruptions, drainTimeout).then(() => dispatcher.lifecycle?.stop());
      return closed;
    },
  };
  drainOnSignals(running);
  console.log(`Listening on ${running.url}`);
  channel(LISTENING).publish(running);
  return running;
}

/** The app's dispatcher, when the app has started. An app that cannot start ends the process. */
async function startApp(app: App): Promise<Dispatcher> {
  let dispatcher: Dispatcher;
  try {
    dispatcher = openDispatcher(app);
  } catch (error) {
    if (error instanceof StartupError) return exit(error.message);
    throw error;
  }
  try {
    await dispatcher.lifecycle?.start();
  } catch (error) {
    console.error(error);
    return exit('The app cannot start: its onStart failed, as above.');
  }
  return dispatcher;
}

function exit(reason: string): never {
  console.error(reason);
  process.exit(1);
}

function listenFailure(error: NodeJS.ErrnoException, port: number, host = 'this machine'): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken: another process listens on it. Stop that process, or choose another port, such as PORT=${port + 1}.`;
    case 'EACCES':
      return `Port ${port} needs more rights than this user has. Choose a port from 1024 on.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `The address ${host} does not belong to this machine. Leave "host" and HOST out, or correct them.`;
    default:
      return `Cannot listen on port ${port}: ${error.message}`;
  }
}

function drainOnSignals(running: RunningServer): void {
  let isDraining = false;
  const drain = (signal: NodeJS.Signals) => {
    if (isDraining) process.exit(signal === 'SIGINT' ? 130 : 143);
    isDraining = true;
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        exit('The app did not stop cleanly: its onStop failed, as above.');
      },
    );
  };
  process.on('SIGTERM', drain);
  process.on('SIGINT', drain);
  running.server.once('close', () => {
    // While a drain goes on to onStop, a second signal still ends the process at once.
    if (!isDraining) process.off('SIGTERM', drain).off('SIGINT', drain);
  });
}
