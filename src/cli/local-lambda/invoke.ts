import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { valuesOf } from '../../runtime/gateways/raw-http.js';
import { buildFunction } from '../bundle/build-doors.js';
import { CommandError } from '../command-error.js';
import { type FunctionSettings, HANDLER } from '../config/function-settings.js';
import type { Project } from '../project/project.js';
import { InvocationFailure, type Outcome } from './function/invocation.js';
import { LocalFunction } from './function/local-function.js';
import { findRuntime, type RuntimeName } from './function/runtime-command.js';
import { readHead } from './gateway/stream-head.js';

/** What `twodoors invoke` takes. */
export interface InvokeOptions {
  readonly settings: FunctionSettings;
  /** Variables beside those of the settings. */
  readonly environment: Readonly<Record<string, string>>;
  readonly runtime: RuntimeName;
}

/**
 * `twodoors invoke`: builds the Lambda door, invokes it once with an event, and writes the result to the standard output,
 * as JSON; what the function logs goes to the standard error. Says whether the function succeeded.
 *
 * @param file the event; `-` for the standard input
 * @throws CommandError for an event that cannot be read, and for what cannot be built
 */
export async function invoke(project: Project, file: string, options: InvokeOptions): Promise<boolean> {
  const event = readEvent(file);
  const runtime = findRuntime(options.runtime, project.root, HANDLER);
  const { settings, environment } = options;
  const { folder } = await buildFunction(project, settings);
  const own = { settings, environment, handler: HANDLER, runtime, concurrency: 1 };
  const local = new LocalFunction({ ...own, taskRoot: folder });
  try {
    const invocation = await local.invoke(event);
    const [text, isSuccess] = await toText(await invocation!.outcome);
    process.stdout.write(`${text}\n`);
    return isSuccess;
  } finally {
    await local.kill();
  }
}

function readEvent(file: string): string {
  let content: string;
  try {
    content = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new CommandError(`The event cannot be read: ${(error as Error).message}.`);
  }
  try {
    return JSON.stringify(JSON.parse(content));
  } catch (error) {
    throw new CommandError(
      `${file === '-' ? 'The event' : file} is not JSON: ${(error as Error).message}. Correct it.`,
    );
  }
}

/** What an invocation came to, as Lambda tells whoever invokes; and whether it succeeded. */
async function toText(outcome: Outcome): Promise<[text: string, isSuccess: boolean]> {
  if (outcome.kind === 'error') return [JSON.stringify(outcome.error), false];
  if (outcome.kind === 'result') return [outcome.payload.toString(), true];
  try {
    return [await collected(outcome.contentType, outcome.body), true];
  } catch (error) {
    if (error instanceof InvocationFailure) return [JSON.stringify(error.error), false];
    throw error;
  }
}

/** A streamed answer as one that is not streamed: where it has a head, as a result with its body. */
async function collected(contentType: string, body: AsyncIterable<Buffer>): Promise<string> {
  const request = { method: 'GET', target: '/', headers: [], body: new Uint8Array(0) };
  const answer = await readHead(contentType, body, request, 'url');
  if (answer === undefined) return 'null';
  const chunks = [answer.first];
  for (let next = await answer.rest.next(); next.done !== true; next = await answer.rest.next()) {
    chunks.push(next.value);
  }
  const { status, headers } = answer.head;
  const cookies = valuesOf(headers, 'set-cookie');
  return JSON.stringify({
    statusCode: status,
    headers: Object.fromEntries(headers.filter(([name]) => name.toLowerCase() !== 'set-cookie')),
    ...(cookies.length > 0 ? { cookies } : {}),
    ...toBody(Buffer.concat(chunks)),
  });
}

function toBody(bytes: Buffer): { body: string; isBase64Encoded: boolean } {
  return isUtf8(bytes)
    ? { body: bytes.toString(), isBase64Encoded: false }
    : { body: bytes.toString('base64'), isBase64Encoded: true };
}
