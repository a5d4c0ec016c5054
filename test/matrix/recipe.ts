/** A way to compile, bundle, test, install or watch an app, as a row of docs/toolchains.md. */
export interface Recipe {
  /** The folder in test/matrix/recipes/, whose files users may copy. */
  readonly name: string;
  readonly group: Group;
  /** The first column. */
  readonly title: string;
  /** The packages whose versions the table names: as they are called in node_modules. */
  readonly tools: readonly string[];
  /**
   * - `works`: the app as it is, with the files of the recipe.
   * - `by hand`: the app must be written differently: `note` says how.
   * - `cannot`: `note` says why.
   */
  readonly verdict: 'works' | 'by hand' | 'cannot';
  /** What it takes, in a sentence or two. */
  readonly note: string;
  /** Whether each type is passed to its decorator: `typed/` replaces files of the app. Default: false. */
  readonly isTyped?: boolean;
  /** The recipe whose files are below those of this one. */
  readonly extends?: string;
  /** Run in this order. */
  readonly checks: readonly Check[];
  /** The command that installs. Default: npm's. */
  readonly install?: string;
}

export type Group = 'bundlers' | 'runners' | 'compilers' | 'managers' | 'instrumentation' | 'linters';

/** What must hold; with `fails`, it must fail, and say this. */
export type Check = (
  | { /** A command, in the project. */ readonly run: string; readonly says?: string }
  | {
      /** A built handler, in a fresh process that loads it. */ readonly lambda: string;
      readonly options?: LambdaOptions;
    }
  | { /** The command of a server. */ readonly server: string }
  | { /** A text that a file has. */ readonly file: string; readonly has: string }
) & { readonly fails?: string };

/** How a handler is loaded and asked. */
export interface LambdaOptions {
  /** Replaces `module.exports.handler` first, as the wrappers of OpenTelemetry and Datadog do. */
  readonly isWrapped?: boolean;
  /** Arguments of Node.js, such as `--require ./tracing.cjs`. */
  readonly node?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Texts that the process must print. */
  readonly says?: readonly string[];
}
