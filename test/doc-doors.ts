import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { type TestResponse, toTestResponse } from 'twodoors/testing';
import type { RawRequest, RawResponse } from '../src/runtime/gateways/raw-http.js';
import { AskedProcess } from './asked-process.js';
import { REPOSITORY } from './projects.js';

/** The environment of a user's process: nothing of Jest's, and any free port. */
export const ENVIRONMENT = { ...process.env, NODE_OPTIONS: '', NODE_ENV: undefined, PORT: '0' };

/** A project, and the requests to send to it. */
export interface ProjectRequests {
  readonly root: string;
  readonly requests: readonly RawRequest[];
}

/** The replies of each door, by its name; or why there are none. */
export type DoorReplies = Readonly<Record<string, readonly TestResponse[]>> | { readonly error: string };

type SentResponse = Omit<RawResponse, 'body'> & { body: string };

const asked = new AskedProcess('ask-doors.js', ENVIRONMENT);

/** Builds each project, starts its server, loads its bundle, and sends the requests to both; see ask-doors.js. */
export async function askDoors(projects: readonly ProjectRequests[]): Promise<DoorReplies[]> {
  const sent = projects.map(({ root, requests }) => ({
    root,
    requests: requests.map(({ body, ...rest }) => ({ ...rest, body: Buffer.from(body).toString('base64') })),
  }));
  const outcomes = (await asked.ask(sent, sent.length)) as (Record<string, SentResponse[]> | { error: string })[];
  return outcomes.map((outcome) => {
    if (typeof outcome['error'] === 'string') return { error: outcome['error'] };
    const doors = Object.entries(outcome as Record<string, SentResponse[]>);
    return Object.fromEntries(doors.map(([door, replies]) => [door, replies.map(received)]));
  });
}

function received({ body, ...response }: SentResponse): TestResponse {
  return toTestResponse({ ...response, body: Buffer.from(body, 'base64') });
}

/** Runs Node.js to its end. Rejects with all of its output if it fails. */
export async function run(cwd: string, args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, args, { cwd, env: ENVIRONMENT, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`node ${args.join(' ')} failed:\n${stdout}${stderr}`);
  }
}

/** Runs the twodoors command until it ends, listens, or waits for a change; returns the lines of its output. */
export async function runCommand(root: string, args: readonly string[]): Promise<string[]> {
  const command = spawn(process.execPath, [join(REPOSITORY, 'dist/cli/main.js'), ...args], {
    cwd: root,
    env: ENVIRONMENT,
  });
  const isDone = (line: string) => /^Listening on |Waiting for a change\.$/.test(line);
  const said = listen(command, (line) => isDone(line) && command.kill('SIGTERM'));
  await once(command, 'close');
  return said;
}

/** Collects all lines that a process writes. */
function listen(child: ChildProcess, onLine: (line: string) => void): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout!, child.stderr!]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      onLine(line);
    });
  }
  return lines;
}
