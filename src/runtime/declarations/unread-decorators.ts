import type { Mistakes } from './mistakes.js';
import type { MethodRecord } from './records/controller-record.js';
import { decoratorOfUse } from './records/middleware-role.js';

/** What stands where a method has decorators and no route. */
export type Unrouted = 'new' | 'overrides-route' | 'overridden-by-route';

/** Adds the mistake that a method's decorators apply to nothing, because it has no route decorator. */
export function addUnrouted(record: MethodRecord, kind: Unrouted, mistakes: Mistakes): void {
  if (kind === 'new') {
    mistakes.add('method-without-route', 'it is decorated, but has no route. Add one, such as @Get().');
    return;
  }
  const names = decoratorsOf(record).join(', ') || 'its decorators';
  mistakes.add(
    'method-without-route',
    kind === 'overrides-route'
      ? `it overrides a route, but has no route decorator of its own: ${names} would apply to nothing. Repeat the route decorator and all others, or remove these.`
      : `it has no route, and the override that has one repeats no decorators: ${names} would apply to nothing. Move them to the override.`,
  );
}

/** The names of the decorators that have written to a record, but for those of routes. */
function decoratorsOf(record: MethodRecord): string[] {
  const { params, uses, metadata, headers, httpCode, contentType, replies, onNull, onUndefined } = record;
  const names = new Set([...params, ...replies].map(({ decorator }) => decorator));
  for (const use of uses) names.add(decoratorOfUse(use));
  if (record.interceptors !== undefined) names.add('@UseInterceptor');
  if (metadata !== undefined) names.add('defineRouteMetadata');
  if (headers.length > 0) names.add('@Header');
  if (httpCode !== undefined) names.add('@HttpCode');
  if (contentType !== undefined) names.add('@ContentType');
  if (onNull !== undefined) names.add('@OnNull');
  if (onUndefined !== undefined) names.add('@OnUndefined');
  if (record.bodyLimit !== undefined) names.add('@BodyLimit');
  if (record.isCsrfExempt) names.add('@CsrfExempt');
  if (record.onInvalid !== undefined) names.add('@OnInvalid');
  return [...names];
}

/** Adds the decorators of replies that another decorator of the same method makes useless. */
export function checkReplyDecorators(
  { replies, httpCode, contentType, headers, interceptors }: MethodRecord,
  mistakes: Mistakes,
): void {
  const has = (name: string) => replies.some(({ decorator }) => decorator === name);
  const hasHeader = (name: string) => headers.some(([header]) => String(header).toLowerCase() === name);
  const add = (decorator: string, message: string) => mistakes.at({ decorator }).add('unread-decorator', message);
  if (has('@Redirect') && httpCode !== undefined) {
    add('@HttpCode', "@Redirect has a status of its own. Pass it there: @Redirect('/path', 303).");
  }
  if (has('@Redirect') && hasHeader('location')) {
    add('@Header', "@Redirect sets the location. Pass it there: @Redirect('/path').");
  }
  if (has('@Redirect') && interceptors !== undefined) {
    add('@UseInterceptor', 'the location that a method with @Redirect returns is not a value for it. Remove it.');
  }
  if (has('@Render') && (httpCode === 204 || httpCode === 205 || httpCode === 304)) {
    add('@HttpCode', `a reply with status ${httpCode} has no body, and @Render makes one. Remove one of them.`);
  }
  if (contentType !== undefined && hasHeader('content-type')) {
    add('@ContentType', "@Header('content-type', …) replaces it. Remove one of them.");
  }
}

/** Adds the decorators of forms that apply to nothing, because the method has no route for POST. */
export function checkFormDecorators({ routes, isCsrfExempt, onInvalid }: MethodRecord, mistakes: Mistakes): void {
  if (routes.some(({ method }) => method === 'POST' || method === 'ALL')) return;
  const add = (decorator: string, reason: string) =>
    mistakes.at({ decorator }).add('unread-decorator', `it has no route for POST, and ${reason}. Remove it.`);
  if (isCsrfExempt) add('@CsrfExempt', 'only POST can be a form of another site');
  if (onInvalid !== undefined) add('@OnInvalid', 'only POST is how a form is sent');
}
