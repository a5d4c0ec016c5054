import 'reflect-metadata/lite';
import type { PlanBinding } from './invoke/binding/parameter.js';
import type { PlanReply } from './invoke/reply-maker.js';
import type { Middleware } from './middleware.js';

/** A class that can be made with `new`; of whatever constructor. */
export type Class<T = object> = abstract new (...args: never[]) => T;

/** Where a parameter's value comes from. */
export type ParamSource = 'param' | 'query' | 'headers' | 'cookie' | 'body' | 'file' | 'files' | 'request' | 'custom';

/** What is asked of uploaded files. */
export interface UploadOptions {
  /** How large one may be, in bytes. Default: 1 MiB. */
  maxBytes?: number;
  /** Which content types they may have, such as `image/png` or `image/*`. Default: any. */
  types?: readonly string[];
  /** How many there may be, for `@UploadedFiles`. Default: 10. */
  max?: number;
  /** Absent is `undefined`, or no files, rather than a mistake. The same as a name that ends with `?`. */
  optional?: boolean;
}

/** What a parameter decorator takes beside a name and a type. */
export interface ParamOptions {
  /** Absent is `undefined`, not a mistake. The same as a name that ends with `?`. */
  optional?: boolean;
  /** Absent is a mistake, though a default value stands somewhere before it. */
  required?: boolean;
  /** Which of a DTO's validators count; class-validator's groups. */
  groups?: readonly string[];
}

/** One decorated parameter, as its decorator saw it. */
export interface ParamRecord {
  index: number;
  source: ParamSource;
  name: string | undefined;
  /** The type as given to the decorator; undefined where it is to be read from the compiler's metadata. */
  type: unknown;
  options: ParamOptions;
  /** Whether the parameter is at or beyond the function's `length` at the time: it, or one before it, has a default. */
  hasDefault: boolean;
  /** Makes the binder at startup. The decorator brings it, so that an app carries only what its decorators need. */
  plan: PlanBinding;
  upload?: UploadOptions;
}

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
  marks: Map<unknown, unknown>;
  headers: [name: string, value: string][];
  httpCode?: number;
  contentType?: string;
  /** Ways of their own with results, brought by their decorators. */
  replies: PlanReply[];
  onNull?: number;
  onUndefined?: number;
}

/** All that the decorators of one class have written on it. */
export interface ControllerRecord {
  /** Undefined where the class has no `@Controller` of its own. */
  prefix: string | undefined;
  /** How long an instance lives. */
  per: 'app' | 'request';
  uses: Middleware[];
  marks: Map<unknown, unknown>;
  methods: Map<string | symbol, MethodRecord>;
  /** What decorators found wrong at once; reported with all other mistakes at startup. */
  mistakes: string[];
}

const KEY = 'twodoors:controller';

/** The record on this very class, or undefined. */
export function findRecord(type: object): ControllerRecord | undefined {
  return Reflect.getOwnMetadata(KEY, type) as ControllerRecord | undefined;
}

/** The record on this very class, made where there is none yet. */
export function recordOf(type: object): ControllerRecord {
  let record = findRecord(type);
  if (record === undefined) {
    record = { prefix: undefined, per: 'app', uses: [], marks: new Map(), methods: new Map(), mistakes: [] };
    Reflect.defineMetadata(KEY, record, type);
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
  return { routes: [], params: [], uses: [], marks: new Map(), headers: [], replies: [] };
}

/** The parameter types that the compiler left on a method of this very class; undefined where it left none. */
export function paramTypesOf(type: Class, name: string | symbol): readonly unknown[] | undefined {
  return Reflect.getOwnMetadata('design:paramtypes', type.prototype as object, name) as unknown[] | undefined;
}

/** The type that the compiler left on a property, inherited ones included. */
export function propertyTypeOf(type: Class, name: string): unknown {
  return Reflect.getMetadata('design:type', type.prototype as object, name);
}

/** A class's name for messages. */
export function nameOf(type: unknown): string {
  return typeof type === 'function' && type.name !== '' ? type.name : '(anonymous class)';
}

const TYPE_KEY = 'twodoors:type';

/** Writes what `@Type` says of a property. */
export function recordPropertyType(target: object, name: string | symbol, get: () => unknown): void {
  Reflect.defineMetadata(TYPE_KEY, get, target, name);
}

/** What `@Type` says of a property, inherited ones included; undefined where it has none. */
export function recordedPropertyType(type: Class, name: string): (() => unknown) | undefined {
  return Reflect.getMetadata(TYPE_KEY, type.prototype as object, name) as (() => unknown) | undefined;
}
