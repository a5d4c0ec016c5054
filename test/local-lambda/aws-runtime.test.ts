/**
 * The runtime in twodoors beside AWS's own: the same functions have the same outcomes. AWS's package compiles C++ when it
 * is installed, so it is not a dependency of this repository; AWS_LAMBDA_RIC names a folder that has it.
 */

import { jest } from '@jest/globals';
import { InvocationFailure } from '../../src/cli/local-lambda/function/invocation.js';
import { findRuntime, type RuntimeCommand } from '../../src/cli/local-lambda/function/runtime-command.js';
import { REPOSITORY } from '../projects.js';
import { makeFunction, removeFunctions } from './function-folder.js';
import { localFunction, OWN_RUNTIME } from './local-door.js';

const HANDLER = 'index.handler';

/** AWS's runtime, or undefined if it is not installed. */
function findAwsRuntime(): RuntimeCommand | undefined {
  try {
    return findRuntime('aws-lambda-ric', process.env['AWS_LAMBDA_RIC'] ?? REPOSITORY, HANDLER);
  } catch {
    return undefined;
  }
}
const awsRuntime = findAwsRuntime();

afterAll(removeFunctions);
// It starts processes, beside all other tests.
jest.setTimeout(240_000);

const handler = (body: string) => `exports.handler = async (event, context) => { ${body} };`;
const streaming = (body: string) =>
  `exports.handler = awslambda.streamifyResponse(async (event, stream, context) => { ${body} });`;
const from = (metadata: string, body: string) =>
  streaming(`stream = awslambda.HttpResponseStream.from(stream, ${metadata}); ${body}`);

const FUNCTIONS: readonly [what: string, code: string][] = [
  ['a result', handler('return { statusCode: 200, body: event.text };')],
  ['nothing', handler('')],
  ['a bare value', handler('return 7;')],
  ['a value that JSON cannot hold', handler('return 7n;')],
  ['a value that JSON leaves out', handler('return () => {};')],
  ['a handler that returns no promise', 'exports.handler = () => "at once";'],
  [
    'the context',
    handler(
      'const { functionName, functionVersion, memoryLimitInMB, invokedFunctionArn, logGroupName } = context; return { functionName, functionVersion, memoryLimitInMB, invokedFunctionArn, logGroupName, keys: Object.keys(context).filter((key) => context[key] !== undefined).sort() };',
    ),
  ],
  ['the remaining time', handler('const left = context.getRemainingTimeInMillis(); return left > 0 && left <= 29000;')],
  ['the trace', handler('return [process.env._X_AMZN_TRACE_ID === context.xRayTraceId, typeof context.xRayTraceId];')],
  [
    'the environment',
    handler(
      'return [process.env._HANDLER, process.env.TZ, process.env.LANG, process.cwd() === process.env.LAMBDA_TASK_ROOT];',
    ),
  ],
  ['the global', handler('return Object.keys(awslambda).filter((key) => key !== "InvokeStore").sort();')],
  ['an error', handler('throw new RangeError("too far");')],
  ['an error that is text', handler('throw "text";')],
  ['an error that is null', handler('throw null;')],
  ['an error with DEL', handler('throw new Error("a\\x7fb");')],
  [
    'an error whose getters throw',
    handler('throw Object.defineProperty(new Error(), "message", { get() { throw 1; } });'),
  ],
  ['a handler with a callback', 'exports.handler = (event, context, callback) => callback(null, 1);'],
  ['no handler', 'exports.other = 1;'],
  ['a handler that is not a function', 'exports.handler = {};'],
  ['a syntax error', 'exports.handler = ;'],
  ['a missing module', 'require("./gone.js");'],
  ['a module that throws', 'throw new Error("no database");'],
  ['an exit', handler('process.exit(7);')],
  ['a promise that never settles', handler('await new Promise(() => {});')],
  [
    'an unhandled rejection',
    handler('Promise.reject(new Error("lost")); await new Promise((r) => setTimeout(r, 5000));'),
  ],
  [
    'an uncaught exception',
    handler('setImmediate(() => { throw new Error("lost"); }); await new Promise((r) => setTimeout(r, 5000));'),
  ],
  ['bare bytes', streaming('stream.write("a"); stream.write(Buffer.from("b")); stream.end("c");')],
  ['a type', streaming('stream.setContentType("text/plain"); stream.write("a"); stream.end();')],
  ['a type too late', streaming('stream.write("a"); stream.setContentType("text/plain");')],
  ['an object', streaming('stream.write({ a: 1 }); stream.end();')],
  ['a head', from('{ statusCode: 201, headers: { a: "b" }, cookies: ["c=d"] }', 'stream.write("body"); stream.end();')],
  ['a head without a write', from('{ statusCode: 201 }', 'stream.end();')],
  ['an error midway', from('{ statusCode: 200 }', 'stream.write("body"); throw new TypeError("midway");')],
  ['an error before anything', streaming('throw new TypeError("before");')],
  [
    'a streaming handler without a promise',
    'exports.handler = awslambda.streamifyResponse((event, stream) => { stream.end("x"); });',
  ],
  [
    'another kind of streaming',
    'exports.handler = async () => {}; exports.handler[Symbol.for("aws.lambda.runtime.handler.streaming")] = "request";',
  ],
];

/** The outcome of an invocation, without what differs between two of them. */
async function outcomeOf(code: string, runtime: RuntimeCommand): Promise<unknown> {
  const local = localFunction(makeFunction({ 'index.js': code }), {
    runtime,
    // AWS's package is that of Node.js 24 and later.
    settings: { runtime: 'nodejs24.x' },
  });
  try {
    const { outcome, requestId } = (await local.invoke('{"text":"wörld"}'))!;
    const normalised = (text: string) =>
      text.replaceAll(requestId, '<id>').replace(/twodoors-function-\w+/g, '<folder>');
    const settled = await outcome;
    if (settled.kind === 'result') return { payload: settled.payload.toString() };
    if (settled.kind === 'error') {
      const { errorType, errorMessage } = settled.error;
      // Our runtime has its own message.
      return errorType === 'Runtime.CallbackHandlerDeprecated'
        ? { errorType }
        : { errorType, errorMessage: normalised(errorMessage) };
    }
    let body = '';
    try {
      for await (const chunk of settled.body) body += chunk.toString('latin1');
    } catch (error) {
      const { errorType, errorMessage } = (error as InvocationFailure).error;
      return { contentType: settled.contentType, body, errorType, errorMessage: normalised(errorMessage) };
    }
    return { contentType: settled.contentType, body };
  } finally {
    await local.kill();
  }
}

if (awsRuntime === undefined) {
  test.skip("aws-lambda-ric is not installed, so AWS's own runtime is not compared (see the head of this file)", () => {});
} else {
  test.each(FUNCTIONS)('%s', async (_what, code) => {
    expect(await outcomeOf(code, OWN_RUNTIME)).toEqual(await outcomeOf(code, awsRuntime));
  });
}
