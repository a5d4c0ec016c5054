import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MATRIX } from './project.js';
import type { LambdaOptions } from './recipe.js';
import { comparableBody, ROWS } from './replies.js';
import { CommandFailure, environment, run } from './run-command.js';

/** What came back, of what counts. */
interface Reply {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: unknown;
}

/** Sends all rows to a built handler in a fresh process. */
export async function askLambda(file: string, root: string, options: LambdaOptions = {}): Promise<Reply[]> {
  const { isWrapped = false, node = '', env, says = [] } = options;
  const script = join(MATRIX, 'ask-lambda.cjs');
  const command = `${node === 'bun' ? 'bun' : `node ${node}`} ${script} ${file} ${isWrapped}`;
  const said = await run(command, root, { ...env, MATRIX_ROWS: JSON.stringify(ROWS) });
  for (const text of [...says, ...(isWrapped ? [`WRAPPED ${ROWS.length}`] : [])]) {
    if (!said.includes(text)) throw new CommandFailure(`It did not print ${text}:\n${said}`);
  }
  const line = said.split('\n').find((each) => each.startsWith('RESULTS '))!;
  const results = JSON.parse(line.slice('RESULTS '.length)) as {
    statusCode: number;
    headers: Record<string, string>;
    body: string;
  }[];
  return results.map(({ statusCode, headers, body }) => {
    const type = headers['content-type'];
    return { status: statusCode, type, body: comparableBody(type, body) };
  });
}

/** Starts a server, and sends all rows to its socket. */
export async function askServer(command: string, root: string): Promise<Reply[]> {
  const server = spawn(`exec ${command}`, {
    cwd: root,
    shell: true,
    env: environment(root, { PORT: '0' }),
    detached: true,
  });
  let said = '';
  try {
    const address = await new Promise<string>((resolve, reject) => {
      for (const stream of [server.stdout, server.stderr]) {
        createInterface(stream).on('line', (line) => {
          said += `${line}\n`;
          const url = /Listening on (http:\S+)/.exec(line)?.[1];
          if (url !== undefined) resolve(url);
        });
      }
      server.once('close', (code) => reject(new CommandFailure(`${command}: ended with ${code}\n${said}`)));
    });
    const replies: Reply[] = [];
    for (const { method, path, type, body } of ROWS) {
      const headers = type === undefined ? {} : { 'content-type': type };
      const response = await fetch(new URL(path, address), { method, headers, ...(body !== undefined && { body }) });
      const received = response.headers.get('content-type') ?? undefined;
      replies.push({ status: response.status, type: received, body: comparableBody(received, await response.text()) });
    }
    return replies;
  } finally {
    if (server.exitCode === null && server.pid !== undefined) {
      const ended = once(server, 'close');
      process.kill(-server.pid, 'SIGKILL');
      await ended;
    }
  }
}
