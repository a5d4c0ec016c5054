import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Built } from './build.js';
import { assertRight, hello, NAMES, type ReceivedReply, type SentRequest } from './exchanges.js';
import { environment, program, runChild } from './run-child.js';

/** The figures of a server under full load. */
export interface ServerSample {
  /** Replies per second. */
  readonly requests: number;
  /** Processor time of the server for one reply, in microseconds. */
  readonly cpu: number;
}

interface RunningServer {
  readonly url: string;
  /** The processor time that it has used so far, in microseconds. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
  /** Ends it in order, so that a profile is written. */
  end(): Promise<void>;
}

async function start(
  { candidate, file }: Built,
  fillers: number,
  execArgv: readonly string[] = [],
): Promise<RunningServer> {
  const child = fork(program('server-child'), [file], {
    env: environment(fillers),
    execArgv: [...execArgv],
    // Some say where they listen; what goes wrong is for us to see.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The server of ${candidate.name} ended with ${code}`);
  });
  ended.catch(() => {});
  const next = async <T>() => ((await Promise.race([once(child, 'message'), ended])) as [T])[0];
  const { port } = await next<{ port: number }>();
  return {
    url: `http://127.0.0.1:${port}`,
    async cpu() {
      child.send('cpu');
      return (await next<{ cpu: number }>()).cpu;
    },
    async stop() {
      child.kill('SIGKILL');
      await ended.catch(() => {});
    },
    async end() {
      child.send('end');
      await ended.catch(() => {});
    },
  };
}

async function send(url: string, { method, path, query, body }: SentRequest): Promise<ReceivedReply> {
  const response = await fetch(`${url}${path}${query === '' ? '' : `?${query}`}`, {
    method,
    ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
  });
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: await response.text(),
  };
}

/** Holds a server to the exchanges. */
export async function checkServer(built: Built, fillers: number): Promise<void> {
  const server = await start(built, fillers);
  try {
    await assertRight(built.candidate, fillers, (requests) =>
      Promise.all(requests.map((each) => send(server.url, each))),
    );
  } finally {
    await server.stop();
  }
}

const REQUESTS = NAMES.map(hello).map(({ path, query }) => ({ method: 'GET', path: `${path}?${query}` }));

/** The number of connections that send requests at once. */
export const CONNECTIONS = 64;

/** Sends `GET /hello/:name` to a new server as fast as it replies, after a second of warm-up. */
export async function serve(built: Built, fillers: number, seconds: number): Promise<ServerSample> {
  const server = await start(built, fillers);
  try {
    await load(server.url, 1);
    const before = await server.cpu();
    const { right, wrong, took } = await load(server.url, seconds);
    const cpu = (await server.cpu()) - before;
    if (wrong > 0)
      throw new Error(`${built.candidate.name} sent an invalid reply to ${wrong} of ${right + wrong} requests`);
    return { requests: right / took, cpu: cpu / right };
  } finally {
    await server.stop();
  }
}

/** Runs a server under load with these flags of Node, for a profile. */
export async function profileServer(built: Built, flags: readonly string[]): Promise<void> {
  const server = await start(built, 0, flags);
  await load(server.url, 4);
  await server.end();
}

function load(url: string, seconds: number): Promise<{ right: number; wrong: number; took: number }> {
  return runChild('load-child', [JSON.stringify({ url, requests: REQUESTS, seconds, connections: CONNECTIONS })]);
}
