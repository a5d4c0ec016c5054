/**
 * What kind of mistake keeps an app from starting. Codes are stable: tools may rely on them; a message may change with
 * any version.
 */
export type MistakeCode =
  // The options of defineApp
  | 'several-versions'
  | 'not-an-app'
  | 'controllers-not-a-list'
  | 'no-controllers'
  | 'invalid-option'
  | 'middleware-not-a-function'
  | 'interceptor-not-a-function'
  // Controllers and their methods
  | 'not-a-class'
  | 'not-a-controller'
  | 'duplicate-controller'
  | 'duplicate-name'
  | 'constructor-needs-resolve'
  | 'controller-not-created'
  | 'not-a-method'
  | 'static-method'
  | 'method-without-route'
  | 'misplaced-decorator'
  | 'repeated-decorator'
  | 'unread-decorator'
  | 'metadata-without-value'
  // Signing in
  | 'login-without-auth'
  | 'login-page-needs-login'
  // Paths and routes
  | 'invalid-path'
  | 'ambiguous-path'
  | 'duplicate-route'
  | 'unknown-path-parameter'
  // Parameters
  | 'constructor-parameter'
  | 'undecorated-parameter'
  | 'two-decorators'
  | 'name-missing'
  | 'invalid-name'
  | 'type-unknown'
  | 'type-not-convertible'
  | 'lazy-type-failed'
  | 'two-bodies'
  | 'raw-body-with-files'
  | 'body-on-get'
  // DTOs
  | 'class-without-validators'
  | 'property-type-unknown'
  | 'property-type-failed'
  | 'missing-validate-nested'
  | 'class-not-created'
  | 'setter-without-getter'
  | 'validator-contradicts-type'
  // Replies
  | 'two-reply-decorators'
  | 'invalid-status'
  | 'invalid-header'
  | 'invalid-content-type'
  | 'empty-location'
  | 'no-views'
  | 'invalid-form-page'
  | 'invalid-view';

/** Where a mistake is. */
export interface MistakePlace {
  /** The option of `defineApp`, such as `timeout` or `controllers[1]`. */
  readonly option?: string;
  /** The name of the controller's class. */
  readonly controller?: string;
  readonly method?: string;
  /** The parameter's position, counted from 1; without a `method`, that of the constructor's parameter. */
  readonly parameter?: number;
  /** The decorator, such as `@Body`. */
  readonly decorator?: string;
  /** The class of the DTO whose `property` it is. */
  readonly dto?: string;
  readonly property?: string;
}

/** One mistake that keeps an app from starting: what is wrong, where, and the fix. */
export interface StartupMistake extends MistakePlace {
  readonly code: MistakeCode;
  /** What is wrong and how to fix it, for a person. The place is not part of it. */
  readonly message: string;
}

/** Collects mistakes, so that startup reports all of them at once. */
export class Mistakes {
  readonly found: StartupMistake[];
  readonly #place: MistakePlace;

  constructor(place: MistakePlace = {}, found: StartupMistake[] = []) {
    this.#place = place;
    this.found = found;
  }

  /** The same collection; what is added through it is at this place. */
  at(place: MistakePlace): Mistakes {
    return new Mistakes({ ...this.#place, ...place }, this.found);
  }

  /** Adds a mistake: what is wrong, and the fix as an imperative. */
  add(code: MistakeCode, message: string): void {
    this.found.push({ code, ...this.#place, message });
  }
}

/** A mistake as one line of text, its place first. */
export function describeMistake(mistake: StartupMistake): string {
  const { option, controller, method, parameter, decorator, dto, property, message } = mistake;
  const position = parameter && `${method ? '' : 'constructor '}parameter ${parameter}`;
  const places = [
    option && `defineApp, ${option}`,
    method ? `${controller}.${method}` : controller,
    position && decorator ? `${position} (${decorator})` : (position ?? decorator),
    dto && `${dto}.${property}`,
  ].filter(Boolean);
  return places.length > 0 ? `${places.join(', ')}: ${message}` : message;
}

/** Says that a value is not what its import promises, such as one of two files that import each other. */
export function describeWrongImport(value: unknown, expected: 'class' | 'function'): string {
  const kind = value === undefined ? 'undefined' : `a value of type ${typeof value}`;
  return `it is ${kind}, not a ${expected}. Check the name where it is imported, and whether two files import each other.`;
}
