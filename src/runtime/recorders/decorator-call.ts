/** The functions of class-validator that a bundle uses, by name. */
export type ValidatorFunctions = Readonly<Record<string, (...args: never[]) => unknown>>;

/** A call of a decorator of class-validator that has been recorded, as it was made. */
export interface DecoratorCall {
  readonly name: string;
  readonly args: readonly unknown[];
  /** The properties that the last argument had. It may have been the options, which class-validator reads at once. */
  readonly options: object | undefined;
  /** What was decorated; undefined for a function that decorates nothing itself, such as `registerDecorator`. */
  readonly target?: object;
  /** The class of a decorated property, at that time. */
  readonly type?: unknown;
  /** The decorated property; undefined for a class. */
  readonly property?: PropertyKey | undefined;
}

/** What runs in its place between the calls when they are replayed. */
export interface DeferredRun {
  readonly run: () => void;
  /** The class whose validators it adds. */
  readonly type: unknown;
}

/** The decorators of a class that have been put off. */
export interface PutOff {
  readonly decorate: () => void;
  readonly type: object;
}

/** The file of a bundle that has class-validator itself. */
export interface ValidatorFile {
  readonly functions: ValidatorFunctions;
  /** See `replayCalls`. */
  replay(calls: Iterable<DecoratorCall | DeferredRun>, storage: string): void;
}
