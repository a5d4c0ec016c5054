import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runtimeError } from './runtime-error.js';

/** A handler as the runtime calls it, and what the runtime knows of it. */
export interface LoadedHandler {
  readonly call: (event: unknown, ...rest: unknown[]) => unknown;
  readonly isStreaming: boolean;
  readonly highWaterMark: number | undefined;
}

/** What `awslambda.streamifyResponse` leaves on a handler. */
export const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
export const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

/**
 * Loads what a handler string names, such as `index.handler` or `nested/index.handler`, below the task root: an ES
 * module or a CommonJS one.
 *
 * @throws Error whose name is one of the runtime's: `Runtime.HandlerNotFound` and so on; or what the module itself threw
 */
export async function loadHandler(taskRoot: string, handler: string): Promise<LoadedHandler> {
  if (handler.includes('..')) {
    throw runtimeError(
      'MalformedHandlerName',
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const [, moduleName, path] = /^([^.]*)\.(.*)$/.exec(basename(handler)) ?? [];
  if (moduleName === undefined || path === undefined) throw runtimeError('MalformedHandlerName', 'Bad handler');
  const folder = handler.slice(0, handler.length - basename(handler).length);
  const found = find(await loadModule(resolve(taskRoot, folder), moduleName), path);
  if (found === undefined) throw runtimeError('HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function') throw runtimeError('HandlerNotFound', `${handler} is not a function`);
  return describe(found as LoadedHandler['call'] & Record<symbol, unknown>);
}

async function loadModule(folder: string, name: string): Promise<unknown> {
  try {
    for (const extension of ['', '.js', '.mjs', '.cjs']) {
      const file = join(folder, `${name}${extension}`);
      if (existsSync(file)) return await import(pathToFileURL(file).href);
    }
    const require = createRequire(join(folder, 'index.js'));
    return require(require.resolve(name, { paths: [folder] }));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw Object.assign(runtimeError('UserCodeSyntaxError', String(error)), { stack: error.stack });
    }
    if (error instanceof Error && (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') {
      throw runtimeError('ImportModuleError', String(error));
    }
    throw error;
  }
}

/** What a path of names leads to, in a module or in its default export. */
function find(module: unknown, path: string): unknown {
  const below = (start: unknown) =>
    path
      .split('.')
      .reduce<unknown>(
        (value, key) =>
          typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
        start,
      );
  return below(module) ?? below((module as { default?: unknown } | null)?.default);
}

function describe(call: LoadedHandler['call'] & Record<symbol, unknown>): LoadedHandler {
  const streaming = call[STREAMING];
  if (streaming && streaming !== 'response') {
    throw runtimeError('MalformedStreamingHandler', 'Only response streaming is supported.');
  }
  const isStreaming = streaming === 'response';
  if (!isStreaming && call.length >= 3) {
    throw runtimeError(
      'CallbackHandlerDeprecated',
      'The handler has three parameters or more, as those with a callback have. AWS Lambda has removed support for them starting with Node.js 24: return a promise instead.',
    );
  }
  const mark = Number(call[HIGH_WATER_MARK]);
  return { call, isStreaming, highWaterMark: Number.isFinite(mark) && mark > 0 ? mark : undefined };
}
