/**
 * Lambda's Node.js runtime, as a separate process. It loads the handler that `_HANDLER` names below `LAMBDA_TASK_ROOT`,
 * and calls it with one invocation of the Runtime API after another. It does what aws-lambda-ric 4 does, in plain Node.js.
 */

import { toContext } from './context.js';
import { type LoadedHandler, loadHandler } from './handler.js';
import { logError, logRequestIds } from './log-error.js';
import { awslambda, openResponse } from './response-stream.js';
import { type NextInvocation, RuntimeApiClient } from './runtime-api-client.js';
import { runtimeError, toReport } from './runtime-error.js';

const { AWS_LAMBDA_RUNTIME_API: address, _HANDLER: handlerName, LAMBDA_TASK_ROOT: taskRoot } = process.env;
if (address === undefined || handlerName === undefined || taskRoot === undefined) {
  throw new Error('AWS_LAMBDA_RUNTIME_API, _HANDLER and LAMBDA_TASK_ROOT must be set: twodoors sets them.');
}
const client = new RuntimeApiClient(address);
let requestId: string | undefined;
/** Whether the process is about to exit. Then no response is sent any more. */
let isExiting = false;

logRequestIds(() => requestId ?? '-');
(globalThis as { awslambda?: object }).awslambda = awslambda;
// What an app may do differently on a developer's machine: see running-command.ts.
(globalThis as { [name: symbol]: string })[Symbol.for('twodoors.command')] = 'local';

// Up to Node.js 22 the runtime reports uncaught errors before it exits. Later versions exit as Node.js does.
if (!/nodejs(?:2[4-9]|[3-9]\d)/.test(process.env['AWS_EXECUTION_ENV'] ?? '')) {
  process.on('uncaughtException', function reportException(error) {
    void reportAndExit('Uncaught Exception', error, 129);
  });
  process.on('unhandledRejection', function reportRejection(reason) {
    const error = runtimeError('UnhandledPromiseRejection', String(reason instanceof Error ? reason.message : reason));
    if (reason instanceof Error && reason.stack !== undefined) error.stack = reason.stack;
    void reportAndExit('Unhandled Promise Rejection', error, 128);
  });
}

async function reportAndExit(what: string, error: unknown, code: number): Promise<void> {
  if (isExiting) return;
  isExiting = true;
  logError(what, error);
  try {
    if (requestId === undefined) await client.failInit(toReport(error));
    else await client.fail(requestId, toReport(error));
  } finally {
    process.exit(code);
  }
}

async function load(): Promise<LoadedHandler> {
  try {
    return await loadHandler(taskRoot!, handlerName!);
  } catch (error) {
    logError('Init Error', error);
    await client.failInit(toReport(error));
    process.exit(1);
  }
}

async function invokeHandler(handler: LoadedHandler, id: string, { headers, body }: NextInvocation): Promise<void> {
  const context = toContext(headers);
  const event: unknown = JSON.parse(body);
  try {
    const result = await handler.call(event, context);
    await nextTurn();
    if (!isExiting) await client.respond(id, result);
  } catch (error) {
    await nextTurn();
    if (isExiting) return;
    logError('Invoke Error', error);
    await client.fail(id, toReport(error));
  }
}

async function invokeStreamingHandler(
  handler: LoadedHandler,
  id: string,
  { headers, body }: NextInvocation,
): Promise<void> {
  const context = toContext(headers);
  const event: unknown = JSON.parse(body);
  const response = openResponse(client, id, handler.highWaterMark);
  try {
    const result = handler.call(event, response.stream, context);
    if (typeof (result as PromiseLike<unknown> | undefined)?.then !== 'function') {
      throw new Error('Streaming does not support non-async handlers.');
    }
    if ((await result) !== undefined) console.warn('Streaming handlers ignore return values.');
    await response.accepted;
    if (!response.stream.writableFinished) throw new Error('Response stream is not finished.');
  } catch (error) {
    await nextTurn();
    logError('Invoke Error', error);
    await response.fail(toReport(error));
  }
}

/** Lets work that the handler started and did not await fail before the runtime responds. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function serveInvocations(): Promise<void> {
  const handler = await load();
  await nextTurn();
  while (!isExiting) {
    let invocation: NextInvocation;
    try {
      invocation = await client.next();
    } catch {
      // The process that started this one is gone.
      process.exit(1);
    }
    // Between invocations the id is the last one, as in Lambda's own logs.
    requestId = invocation.headers['lambda-runtime-aws-request-id'] as string;
    const trace = invocation.headers['lambda-runtime-trace-id'];
    if (trace === undefined) delete process.env['_X_AMZN_TRACE_ID'];
    else process.env['_X_AMZN_TRACE_ID'] = String(trace);
    await (handler.isStreaming ? invokeStreamingHandler : invokeHandler)(handler, requestId, invocation);
  }
}

// Not awaited: if a handler waits for something that never comes, the process exits with 0, as with AWS's runtime.
void serveInvocations();
