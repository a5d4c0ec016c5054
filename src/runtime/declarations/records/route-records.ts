import type { Interceptor } from '../../http/interceptor.js';
import type { Middleware } from '../../http/middleware.js';
import type { Class } from '../class.js';
import { emittedFor } from '../reflect/reflect.js';
import { type ChainLink, chainOf } from './controller-chain.js';
import type { MethodRecord } from './controller-record.js';

/** What the decorators around one method have recorded: its own, and those of its class and its base classes. */
export interface RouteRecords {
  readonly method: MethodRecord;
  /** The types that the compiler has emitted for the method's parameters; undefined without metadata. */
  readonly types: readonly unknown[] | undefined;
  /** How many parameters the method of the controller declares before the first with a default. */
  readonly parameterCount: number;
  /** The middleware of the class and its bases, then the method's; the first is the outermost. */
  readonly uses: readonly Middleware[];
  /** By `@BodyLimit` of the method, its class or a base class, in bytes. */
  readonly bodyLimit: number | undefined;
  /** By `@UseInterceptor` of the method, then its class, then its bases, in the order in which they run; undefined for none. */
  readonly interceptors: readonly Interceptor[] | undefined;
  /** Whether the method, its class or a base class has `@CsrfExempt`. */
  readonly isCsrfExempt: boolean;
  /** By decorator: the method's own, else the class's, else a base class's. */
  readMetadata(): Map<unknown, unknown>;
}

/**
 * The records of a method.
 *
 * @param controller the class from the list of controllers
 * @param declaredIn the class that the method's decorators stand in: the same, or a base class
 */
export function routeRecordsOf(
  controller: Class,
  declaredIn: Class,
  name: string | symbol,
  method: MethodRecord,
): RouteRecords {
  const chain = chainOf(controller);
  let { uses, bodyLimit, interceptors, isCsrfExempt = false } = method;
  for (let i = 0; i < chain.length; i++) {
    const { record } = chain[i]!;
    if (record.uses.length > 0) uses = record.uses.concat(uses);
    bodyLimit ??= record.bodyLimit;
    if (record.interceptors !== undefined) interceptors = (interceptors ?? []).concat(record.interceptors);
    isCsrfExempt ||= record.isCsrfExempt === true;
  }
  return {
    method,
    types: emittedFor(declaredIn, name, 'design:paramtypes'),
    parameterCount: (controller.prototype as Record<string | symbol, (...args: unknown[]) => unknown>)[name]!.length,
    uses,
    bodyLimit,
    interceptors,
    isCsrfExempt,
    readMetadata: () => metadataOf(method, chain),
  };
}

function metadataOf(method: MethodRecord, chain: readonly ChainLink[]): Map<unknown, unknown> {
  const metadata = new Map(method.metadata);
  for (const { record } of chain) {
    record.metadata?.forEach((value, decorator) => {
      if (!metadata.has(decorator)) metadata.set(decorator, value);
    });
  }
  return metadata;
}

/** The records of a method with a route by its name, and the class that they stand in; undefined for any other name. */
export function findPageRecords(
  controller: Class,
  name: string,
): { readonly declaredIn: Class; readonly records: RouteRecords } | undefined {
  for (const { type, record } of chainOf(controller)) {
    const method = record.methods.get(name);
    if (method === undefined || method.routes.length === 0) continue;
    return { declaredIn: type, records: routeRecordsOf(controller, type, name, method) };
  }
  return undefined;
}
