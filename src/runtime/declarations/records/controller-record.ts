import type { Interceptor } from '../../http/interceptor.js';
import type { Middleware } from '../../http/middleware.js';
import { sharedByCopies } from '../../identity/copies.js';
import type { StartupMistake } from '../mistakes.js';
import type { ParamRecord } from './param-record.js';

/** What one route decorator has recorded. */
export interface RouteRecord {
  /** In upper case, or `ALL`. */
  method: string;
  paths: readonly string[];
}

/** What `@Redirect` or `@Render` has recorded. */
export type ReplyRecord =
  | {
      readonly decorator: '@Redirect';
      readonly location: string | undefined;
      readonly status: number;
      /** Where a returned location may lead. Default: to the app's own origin. */
      readonly allow?: 'any';
    }
  | { readonly decorator: '@Render'; readonly view: string };

/** What the decorators of one method have recorded. */
export interface MethodRecord {
  routes: RouteRecord[];
  params: ParamRecord[];
  uses: readonly Middleware[];
  /** By decorator; undefined where there is no such value. */
  metadata: Map<unknown, unknown> | undefined;
  headers: readonly (readonly [name: string, value: string])[];
  httpCode?: number;
  contentType?: string;
  /** What `@Redirect` and `@Render` do with results. */
  replies: readonly ReplyRecord[];
  onNull?: number;
  onUndefined?: number;
  /** By `@BodyLimit`, in bytes. */
  bodyLimit?: number;
  /** By `@UseInterceptor`; the first runs first. */
  interceptors?: readonly Interceptor[];
  /** By `@CsrfExempt`. */
  isCsrfExempt?: true;
  /** By `@OnInvalid`; one of them counts. */
  onInvalid?: readonly InvalidPageRecord[];
}

/** What `@OnInvalid` has recorded. */
export interface InvalidPageRecord {
  readonly view: string;
  /** The name of the method that shows the page. */
  readonly page: string | undefined;
}

/** What the decorators of one class have recorded. */
export interface ControllerRecord {
  /** Undefined where the class has no `@Controller` of its own. */
  prefix: string | undefined;
  /** By `@Controller`, for the names of its routes; undefined for the name of the class. */
  name?: string;
  /** How long an instance lives. */
  scope: 'singleton' | 'request';
  uses: readonly Middleware[];
  /** By decorator; undefined where there is no such value. */
  metadata: Map<unknown, unknown> | undefined;
  methods: Map<string | symbol, MethodRecord>;
  /** By `@BodyLimit`, in bytes. */
  bodyLimit?: number;
  /** By `@UseInterceptor`; the first runs first. */
  interceptors?: readonly Interceptor[];
  /** By `@CsrfExempt`. */
  isCsrfExempt?: true;
  /** The mistakes that decorators have found; reported with all others at startup. */
  mistakes: StartupMistake[];
  /** How many calls of the class's decorators it has. */
  carriedOut: number;
}

const records = sharedByCopies('records', new WeakMap<object, ControllerRecord>());

/** What most records have in place of a list. */
const NONE: readonly never[] = [];

/** The class that a decorator has written to last, and its record: the decorators of a class run one after another. */
let lastType: object | undefined;
let lastRecord: ControllerRecord | undefined;

/** The record of this class itself, as far as calls are carried out, created where it has none. Readers want `findRecord`. */
export function recordOf(type: object): ControllerRecord {
  if (type === lastType) return lastRecord!;
  let record = records.get(type);
  if (record === undefined) {
    record = {
      prefix: undefined,
      scope: 'singleton',
      uses: NONE,
      metadata: undefined,
      methods: new Map(),
      mistakes: [],
      carriedOut: 0,
    };
    records.set(type, record);
  }
  lastType = type;
  lastRecord = record;
  return record;
}

/**
 * The record of a method, created where it has none.
 *
 * @param prototype of the class that has the method
 */
export function methodRecordOf(prototype: object, name: string | symbol): MethodRecord {
  const { methods } = recordOf(prototype.constructor);
  let method = methods.get(name);
  if (method === undefined) {
    method = createMethodRecord();
    methods.set(name, method);
  }
  return method;
}

/** A record without values. */
export function createMethodRecord(): MethodRecord {
  return { routes: [], params: [], uses: NONE, metadata: undefined, headers: NONE, replies: NONE };
}
