import type { DecoratorKind } from '../decorator-target.js';
import type { ControllerRecord, MethodRecord } from '../records/controller-record.js';

/** One call of a decorator, as it was made. Nothing is made of it before somebody reads the records of the class. */
export interface DecoratorCall {
  /** The decorator's name for messages, such as `@Get`. */
  readonly decorator: string;
  /** What a plan depends on. */
  readonly args: readonly unknown[];
  /** A class, or the prototype that has the member. */
  readonly target: object;
  /** Undefined for a class, and for a parameter of its constructor. */
  readonly member: string | symbol | undefined;
  /** The position of a parameter; else what the compiler passes. */
  readonly third: unknown;
  /**
   * Of a parameter: whether it is at or beyond the function's `length`, so that it, or one before it, has a default. It is
   * asked at once: a decorator that wraps the method would hide it later.
   */
  readonly hasDefault: boolean;
  /** Whether it is compared with the plan when the app starts; any other call is when a route is linked. Its arguments are scalars. */
  readonly isOutlined: boolean;
  /** Carries the call out; undefined where the decorator's name says what does. */
  readonly carrier: CallCarrier | undefined;
}

/** What makes records of a decorator's calls. */
export interface CallCarrier<R = ControllerRecord | MethodRecord> {
  /** What the decorator may stand on. Anything else is a startup mistake. */
  readonly on: DecoratorKind;
  /** Writes to the record of what it stands on: that of the method, for a parameter. */
  write(record: R, call: DecoratorCall): void;
}
