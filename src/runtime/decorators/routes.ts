import { methodRecordOf } from '../declarations/controller-record.js';

/** A path or several, in the grammar of path-to-regexp: `:name`, `*rest`, `{/optional}`. Default: the prefix itself. */
export type RoutePath = string | readonly string[];

function route(method: string): (path?: RoutePath) => MethodDecorator {
  return (path = '') => {
    // As a decorator itself it is given the class's prototype.
    if (typeof path !== 'string' && !Array.isArray(path)) {
      throw new TypeError(
        `A decorator of a route stands without parentheses, or its path is no text. Write @${titleOf(method)}().`,
      );
    }
    return (target, name) => {
      methodRecordOf(target, name).routes.unshift({ method, paths: typeof path === 'string' ? [path] : [...path] });
    };
  };
}

function titleOf(method: string): string {
  return method[0] + method.slice(1).toLowerCase();
}

/** Answers GET, and HEAD unless there is a `@Head`. */
export const Get = /* @__PURE__ */ route('GET');
/** Answers POST. */
export const Post = /* @__PURE__ */ route('POST');
/** Answers PUT. */
export const Put = /* @__PURE__ */ route('PUT');
/** Answers PATCH. */
export const Patch = /* @__PURE__ */ route('PATCH');
/** Answers DELETE. */
export const Delete = /* @__PURE__ */ route('DELETE');
/** Answers HEAD, in place of what `@Get` would answer without its body. */
export const Head = /* @__PURE__ */ route('HEAD');
/** Answers OPTIONS, in place of the 204 with `Allow` that every known path gives. */
export const Options = /* @__PURE__ */ route('OPTIONS');
/** Answers GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS; a route for one method beats it. */
export const All = /* @__PURE__ */ route('ALL');
