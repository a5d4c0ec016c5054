import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runtimeError } from './runtime-error.js';

/** A handler, and how the runtime must call it. */
export interface LoadedHandler {
  readonly call: (event: unknown, ...rest: unknown[]) => unknown;
  readonly isStreaming: boolean;
  readonly highWaterMark: number | undefined;
}

/** The property that `awslambda.streamifyResponse` sets on a handler. */
export const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

/** The property with its option `highWaterMark`. */
export const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

/**
 * Loads the handler that a string such as `index.handler` or `nested/index.handler` names, from an ES module or a CommonJS
 * module below the task root.
 *
 * @throws Error with the runtime's name for it, such as `Runtime.HandlerNotFound`, or what the module itself throws
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
  const exported = findExport(await loadModule(resolve(taskRoot, folder), moduleName), path);
  if (exported === undefined) throw runtimeError('HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof exported !== 'function') throw runtimeError('HandlerNotFound', `${handler} is not a function`);
  return toLoadedHandler(exported as LoadedHandler['call'] & Record<symbol, unknown>);
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

/** Follows a path of names in a module, or else in its default export. */
function findExport(module: unknown, path: string): unknown {
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

function toLoadedHandler(call: LoadedHandler['call'] & Record<symbol, unknown>): LoadedHandler {
  const streaming = call[STREAMING];
  if (streaming && streaming !== 'response') {
    throw runtimeError('MalformedStreamingHandler', 'Only response streaming is supported.');
  }
  const isStreaming = streaming === 'response';
  if (!isStreaming && call.length >= 3) {
    throw runtimeError(
      'CallbackHandlerDeprecated',
      'The handler has three or more parameters. Since Node.js 24, AWS Lambda does not support handlers with a callback: return a promise instead.',
    );
  }
  const highWaterMark = Number(call[HIGH_WATER_MARK]);
  const isValid = Number.isFinite(highWaterMark) && highWaterMark > 0;
  return { call, isStreaming, highWaterMark: isValid ? highWaterMark : undefined };
}
