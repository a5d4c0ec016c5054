import type { Middleware } from '../../http/middleware.js';
import { nameOf } from '../class.js';
import type { StartupMistake } from '../mistakes.js';
import { ownMetadata, writeMetadata } from '../reflect.js';
import type { ParamRecord } from './param-record.js';

/** What one route decorator has recorded. */
export interface RouteRecord {
  /** In upper case, or `ALL`. */
  method: string;
  paths: readonly string[];
}

/** What `@Redirect` or `@Render` has recorded. */
export type ReplyRecord =
  | { readonly decorator: '@Redirect'; readonly location: string | undefined; readonly status: number }
  | { readonly decorator: '@Render'; readonly view: string };

/** What the decorators of one method have recorded. */
export interface MethodRecord {
  /** The names of all decorators but those of routes, such as `@Use`; for messages. */
  decorators: Set<string>;
  routes: RouteRecord[];
  params: ParamRecord[];
  uses: Middleware[];
  metadata: Map<unknown, unknown>;
  headers: [name: string, value: string][];
  httpCode?: number;
  contentType?: string;
  /** What `@Redirect` and `@Render` do with results. */
  replies: ReplyRecord[];
  onNull?: number;
  onUndefined?: number;
  /** By `@BodyLimit`, in bytes. */
  bodyLimit?: number;
}

/** What the decorators of one class have recorded. */
export interface ControllerRecord {
  /** Undefined where the class has no `@Controller` of its own. */
  prefix: string | undefined;
  /** How long an instance lives. */
  scope: 'singleton' | 'request';
  uses: Middleware[];
  metadata: Map<unknown, unknown>;
  methods: Map<string | symbol, MethodRecord>;
  /** By `@BodyLimit`, in bytes. */
  bodyLimit?: number;
  /** The mistakes that decorators have found; reported with all others at startup. */
  mistakes: StartupMistake[];
}

const KEY = 'twodoors:controller';

/** The record of this class itself; undefined where it has none. */
export function findRecord(type: object): ControllerRecord | undefined {
  return ownMetadata(KEY, type) as ControllerRecord | undefined;
}

/** The record of this class itself, created where it has none. */
export function recordOf(type: object): ControllerRecord {
  let record = findRecord(type);
  if (record === undefined) {
    record = { prefix: undefined, scope: 'singleton', uses: [], metadata: new Map(), methods: new Map(), mistakes: [] };
    writeMetadata(KEY, record, type);
  }
  return record;
}

/**
 * The record of a method, created where it has none.
 *
 * @param target what a method decorator gets: the class's prototype, or the class itself for a static method
 */
export function methodRecordOf(target: object, name: string | symbol): MethodRecord {
  if (typeof target === 'function') {
    recordOf(target).mistakes.push({
      code: 'static-method',
      controller: nameOf(target),
      method: String(name),
      message: 'it is static, but routes are methods of an instance. Remove "static".',
    });
    return createMethodRecord();
  }
  const record = recordOf(target.constructor);
  let method = record.methods.get(name);
  if (method === undefined) {
    method = createMethodRecord();
    record.methods.set(name, method);
  }
  return method;
}

function createMethodRecord(): MethodRecord {
  return { decorators: new Set(), routes: [], params: [], uses: [], metadata: new Map(), headers: [], replies: [] };
}
