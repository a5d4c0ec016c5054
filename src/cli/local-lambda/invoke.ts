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

/** What {@link invoke} needs. */
export interface InvokeOptions {
  readonly settings: FunctionSettings;
  /** Further environment variables of the function. */
  readonly environment: Readonly<Record<string, string>>;
  readonly runtime: RuntimeName;
}

/**
 * Builds the Lambda door, invokes it once with an event, and writes the result to the standard output as JSON. The logs of
 * the function go to the standard error. Resolves with whether the function succeeded.
 *
 * @param file with the event; `-` reads the standard input
 * @throws CommandError if the event cannot be read, or the function cannot be built
 */
export async function invoke(project: Project, file: string, options: InvokeOptions): Promise<boolean> {
  const event = readEvent(file);
  const runtime = findRuntime(options.runtime, project.root, HANDLER);
  const { settings, environment } = options;
  const { folder } = await buildFunction(project, { ...settings, isPlanned: false, isLocal: true });
  const own = { settings, environment, handler: HANDLER, runtime, concurrency: 1 };
  const local = new LocalFunction({ ...own, taskRoot: folder });
  try {
    const invocation = await local.invoke(event);
    const { json, isSuccess } = await toJson(await invocation!.outcome);
    process.stdout.write(`${json}\n`);
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
    throw new CommandError(`Cannot read the event: ${(error as Error).message}.`);
  }
  try {
    return JSON.stringify(JSON.parse(content));
  } catch (error) {
    throw new CommandError(
      `${file === '-' ? 'The event' : file} is not JSON: ${(error as Error).message}. Correct it.`,
    );
  }
}

/** The outcome of an invocation as Lambda returns it to the caller, and whether the function succeeded. */
async function toJson(outcome: Outcome): Promise<{ json: string; isSuccess: boolean }> {
  if (outcome.kind === 'error') return { json: JSON.stringify(outcome.error), isSuccess: false };
  if (outcome.kind === 'result') return { json: outcome.payload.toString(), isSuccess: true };
  try {
    return { json: await streamToJson(outcome.contentType, outcome.body), isSuccess: true };
  } catch (error) {
    if (error instanceof InvocationFailure) return { json: JSON.stringify(error.error), isSuccess: false };
    throw error;
  }
}

/** Collects a streamed response into a result that is not streamed, or `null` if the stream has no head. */
async function streamToJson(contentType: string, body: AsyncIterable<Buffer>): Promise<string> {
  const request = { method: 'GET', target: '/', headers: [], body: new Uint8Array(0) };
  const streamed = await readHead(contentType, body, request, 'url');
  if (streamed === undefined) return 'null';
  const chunks = [streamed.first];
  for (let next = await streamed.rest.next(); next.done !== true; next = await streamed.rest.next()) {
    chunks.push(next.value);
  }
  const { status, headers } = streamed.head;
  const cookies = valuesOf(headers, 'set-cookie');
  return JSON.stringify({
    statusCode: status,
    headers: Object.fromEntries(headers.filter(([name]) => name.toLowerCase() !== 'set-cookie')),
    ...(cookies.length > 0 ? { cookies } : {}),
    ...toResultBody(Buffer.concat(chunks)),
  });
}

function toResultBody(bytes: Buffer): { body: string; isBase64Encoded: boolean } {
  return isUtf8(bytes)
    ? { body: bytes.toString(), isBase64Encoded: false }
    : { body: bytes.toString('base64'), isBase64Encoded: true };
}
