import { recordCall } from '../declarations/calls/record-call.js';
import { assertParentheses } from '../declarations/parentheses.js';
import type { ControllerRecord, MethodRecord } from '../declarations/records/controller-record.js';
import type { RouteRecords } from '../declarations/records/route-records.js';

/** What {@link ApiOperation} says of a route. */
export interface ApiOperationOptions {
  /** One line. */
  summary?: string | undefined;
  /** Markdown. */
  description?: string | undefined;
  /** Default: the names of the controller and the method, `TodoController_create`. */
  operationId?: string | undefined;
  /** Default: false. */
  deprecated?: boolean | undefined;
  /** In addition to those of {@link ApiTags}. */
  tags?: readonly string[] | undefined;
}

/** What {@link ApiResponse} says of a reply. */
export interface ApiResponseOptions {
  /** A status, or `default` for all others. Default: `default`. */
  status?: number | 'default' | undefined;
  /** Default: the reason phrase of the status. */
  description?: string | undefined;
  /** What the body is: a class with validators, `String`, `Number`, a schema, an enum, or a list of one, `[Todo]`. */
  type?: unknown;
  /** The content type of the body. Default: `application/json`, or `text/plain` for `String`. */
  contentType?: string | undefined;
}

type Key = 'operation' | 'tags' | 'responses' | 'security' | 'excluded';

const KEYS: Record<Key, symbol> = {
  operation: Symbol.for('twodoors.api.operation'),
  tags: Symbol.for('twodoors.api.tags'),
  responses: Symbol.for('twodoors.api.responses'),
  security: Symbol.for('twodoors.api.security'),
  excluded: Symbol.for('twodoors.api.excluded'),
};

function recording(decorator: string, key: Key, values: readonly unknown[]): ClassDecorator & MethodDecorator {
  return recordCall(decorator, [], {
    on: 'classes and methods',
    write(record: ControllerRecord | MethodRecord) {
      record.metadata ??= new Map();
      // Decorators run from the last to the first.
      record.metadata.set(KEYS[key], [...values, ...((record.metadata.get(KEYS[key]) as unknown[] | undefined) ?? [])]);
    },
  });
}

/**
 * Describes a route in the OpenAPI document.
 *
 * @example
 * ```ts
 * @Get('/:id') @ApiOperation({ summary: 'Show a todo', deprecated: true })
 * show(@Param('id') id: number) { … }
 * ```
 */
export function ApiOperation(options: ApiOperationOptions): MethodDecorator {
  assertParentheses('@ApiOperation', options, '@ApiOperation({ summary })');
  return recording('@ApiOperation', 'operation', [options]);
}

/**
 * Groups the routes of a class, or one method, in the OpenAPI document. Default: the name of the controller.
 *
 * @example
 * ```ts
 * @Controller('/todos') @ApiTags('todos')
 * class TodoController { … }
 * ```
 */
export function ApiTags(...tags: string[]): ClassDecorator & MethodDecorator {
  assertParentheses('@ApiTags', tags[0], "@ApiTags('name')");
  return recording('@ApiTags', 'tags', tags);
}

/**
 * Describes a reply of a method, or of all methods of a class, in the OpenAPI document. It may stand several times.
 *
 * @example
 * ```ts
 * @Get() @ApiResponse({ status: 200, type: [Todo], description: 'All todos' })
 * list() { … }
 * ```
 */
export function ApiResponse(options: ApiResponseOptions): ClassDecorator & MethodDecorator {
  assertParentheses('@ApiResponse', options, '@ApiResponse({ status, type })');
  return recording('@ApiResponse', 'responses', [options]);
}

/**
 * Says in the OpenAPI document that a method, or all methods of a class, need a security scheme of
 * `openapi: { securitySchemes }`. Of several, any one is enough. It checks nothing itself.
 *
 * @param name of the scheme
 * @param scopes of OAuth 2 or OpenID Connect. Default: none
 * @example
 * ```ts
 * @Delete('/:id') @ApiSecurity('token') @Use(requireToken)
 * remove(@Param('id') id: number) { … }
 * ```
 */
export function ApiSecurity(name: string, scopes: readonly string[] = []): ClassDecorator & MethodDecorator {
  assertParentheses('@ApiSecurity', name, "@ApiSecurity('name')");
  return recording('@ApiSecurity', 'security', [{ [name]: [...scopes] }]);
}

/**
 * Leaves a method, or all methods of a class, out of the OpenAPI document.
 *
 * @example
 * ```ts
 * @Get('/health') @ApiExclude()
 * health() { return 'ok'; }
 * ```
 */
export function ApiExclude(): ClassDecorator & MethodDecorator {
  return recording('@ApiExclude', 'excluded', [true]);
}

/** What the decorators of OpenAPI have recorded for a route. */
export interface ApiRecord {
  readonly operation: ApiOperationOptions;
  readonly tags: readonly string[];
  /** Those of the class come first. */
  readonly responses: readonly ApiResponseOptions[];
  /** Those of the method, else those of the class. */
  readonly security: readonly Record<string, string[]>[];
  readonly isExcluded: boolean;
}

/** Reads what the decorators of OpenAPI have recorded. The method's own values come before those of its class. */
export function apiRecordOf(records: RouteRecords, ofClass: ReadonlyMap<unknown, unknown>): ApiRecord {
  const own = records.method.metadata;
  const all = records.readMetadata();
  const listOf = <T>(key: Key, from: ReadonlyMap<unknown, unknown> | undefined): T[] =>
    (from?.get(KEYS[key]) as T[] | undefined) ?? [];
  return {
    operation: Object.assign({}, ...listOf<ApiOperationOptions>('operation', own)) as ApiOperationOptions,
    tags: listOf('tags', all),
    responses: [...listOf<ApiResponseOptions>('responses', ofClass), ...listOf<ApiResponseOptions>('responses', own)],
    security: listOf('security', all),
    isExcluded: listOf('excluded', all).length > 0,
  };
}
