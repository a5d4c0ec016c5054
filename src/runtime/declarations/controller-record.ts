import type { Middleware } from '../http/middleware.js';
import { nameOf } from './class.js';
import type { Carrier, ParamRecord } from './param-record.js';
import { ownMetadata, writeMetadata } from './reflect.js';

/** One route decorator. */
export interface RouteRecord {
  /** In upper case, or `ALL`. */
  method: string;
  paths: readonly string[];
}

/** All that the decorators of one method have written. */
export interface MethodRecord {
  routes: RouteRecord[];
  params: ParamRecord[];
  uses: Middleware[];
  metadata: Map<unknown, unknown>;
  headers: [name: string, value: string][];
  httpCode?: number;
  contentType?: string;
  /** Ways of their own with results, brought by their decorators. */
  replies: Carrier[];
  onNull?: number;
  onUndefined?: number;
}

/** All that the decorators of one class have written on it. */
export interface ControllerRecord {
  /** Undefined where the class has no `@Controller` of its own. */
  prefix: string | undefined;
  /** How long an instance lives. */
  scope: 'singleton' | 'request';
  uses: Middleware[];
  metadata: Map<unknown, unknown>;
  methods: Map<string | symbol, MethodRecord>;
  /** What decorators found wrong at once; reported with all other mistakes at startup. */
  mistakes: string[];
}

const KEY = 'twodoors:controller';

/** The record on this very class, or undefined. */
export function findRecord(type: object): ControllerRecord | undefined {
  return ownMetadata(KEY, type) as ControllerRecord | undefined;
}

/** The record on this very class, made where there is none yet. */
export function recordOf(type: object): ControllerRecord {
  let record = findRecord(type);
  if (record === undefined) {
    record = { prefix: undefined, scope: 'singleton', uses: [], metadata: new Map(), methods: new Map(), mistakes: [] };
    writeMetadata(KEY, record, type);
  }
  return record;
}

/** The record of a method, made where there is none yet. `target` is what a method decorator gets. */
export function methodRecordOf(target: object, name: string | symbol): MethodRecord {
  if (typeof target === 'function') {
    recordOf(target).mistakes.push(
      `${nameOf(target)}.${String(name)}: it is static, and routes are methods of an instance. Remove "static".`,
    );
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
  return { routes: [], params: [], uses: [], metadata: new Map(), headers: [], replies: [] };
}
