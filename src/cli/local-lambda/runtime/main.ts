/**
 * Lambda's Node.js runtime, run as a process of its own: loads the handler that `_HANDLER` names below `LAMBDA_TASK_ROOT`,
 * and calls it with one invocation of the Runtime API after another. It does what aws-lambda-ric 4 does, in plain Node.
 */
import { logError, nameRequests } from './console.js';
import { toContext } from './context.js';
import { type LoadedHandler, loadHandler } from './handler.js';
import { awslambda, openResponse } from './response-stream.js';
import { type NextInvocation, RuntimeApiClient } from './runtime-api-client.js';
import { runtimeError, tellError } from './runtime-error.js';

const { AWS_LAMBDA_RUNTIME_API: address, _HANDLER: handlerName, LAMBDA_TASK_ROOT: taskRoot } = process.env;
if (address === undefined || handlerName === undefined || taskRoot === undefined) {
  throw new Error('AWS_LAMBDA_RUNTIME_API, _HANDLER and LAMBDA_TASK_ROOT must be set: twodoors sets them.');
}
const client = new RuntimeApiClient(address);
let requestId: string | undefined;
/** Whether the process is about to end: then nothing is answered any more. */
let isEnding = false;

nameRequests(() => requestId ?? '-');
(globalThis as { awslambda?: object }).awslambda = awslambda;

// Up to Node.js 22 the runtime tells what nobody has caught before it ends; later ones end as Node itself does.
if (!/nodejs(?:2[4-9]|[3-9]\d)/.test(process.env['AWS_EXECUTION_ENV'] ?? '')) {
  process.on('uncaughtException', (error) => endWith('Uncaught Exception', error, 129));
  process.on('unhandledRejection', (reason) => {
    const error = runtimeError('UnhandledPromiseRejection', String(reason instanceof Error ? reason.message : reason));
    if (reason instanceof Error && reason.stack !== undefined) error.stack = reason.stack;
    return endWith('Unhandled Promise Rejection', error, 128);
  });
}

async function endWith(what: string, error: unknown, code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  logError(what, error);
  try {
    if (requestId === undefined) await client.failInit(tellError(error));
    else await client.fail(requestId, tellError(error));
  } finally {
    process.exit(code);
  }
}

async function load(): Promise<LoadedHandler> {
  try {
    return await loadHandler(taskRoot!, handlerName!);
  } catch (error) {
    logError('Init Error', error);
    await client.failInit(tellError(error));
    process.exit(1);
  }
}

async function answer(handler: LoadedHandler, id: string, { headers, body }: NextInvocation): Promise<void> {
  const context = toContext(headers);
  const event: unknown = JSON.parse(body);
  try {
    const result = await handler.call(event, context);
    await turn();
    if (!isEnding) await client.respond(id, result);
  } catch (error) {
    await turn();
    if (isEnding) return;
    logError('Invoke Error', error);
    await client.fail(id, tellError(error));
  }
}

async function stream(handler: LoadedHandler, id: string, { headers, body }: NextInvocation): Promise<void> {
  const context = toContext(headers);
  const event: unknown = JSON.parse(body);
  const response = openResponse(client, id, handler.highWaterMark);
  try {
    const result = handler.call(event, response.stream, context);
    if (typeof (result as PromiseLike<unknown> | undefined)?.then !== 'function') {
      throw new Error('Streaming does not support non-async handlers.');
    }
    if ((await result) !== undefined) console.warn('Streaming handlers ignore return values.');
    await response.taken;
    if (!response.stream.writableFinished) throw new Error('Response stream is not finished.');
  } catch (error) {
    await turn();
    logError('Invoke Error', error);
    await response.fail(tellError(error));
  }
}

/** What a handler has begun and not awaited fails now, if it does at once. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function serve(): Promise<void> {
  const handler = await load();
  await turn();
  while (!isEnding) {
    let invocation: NextInvocation;
    try {
      invocation = await client.next();
    } catch {
      // Whoever started this process is gone.
      process.exit(1);
    }
    // Between invocations the id stays the last one, as in Lambda's own logs.
    requestId = invocation.headers['lambda-runtime-aws-request-id'] as string;
    const trace = invocation.headers['lambda-runtime-trace-id'];
    if (trace === undefined) delete process.env['_X_AMZN_TRACE_ID'];
    else process.env['_X_AMZN_TRACE_ID'] = String(trace);
    await (handler.isStreaming ? stream : answer)(handler, requestId, invocation);
  }
}

// Not awaited: a handler that waits for what never comes ends the process with 0, as it does with AWS's runtime.
void serve();
