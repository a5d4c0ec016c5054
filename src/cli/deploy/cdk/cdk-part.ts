import type { FunctionSettings } from '../../config/function-settings.js';

/** A part of a CDK stack. */
export interface CdkPart {
  /** The modules that it imports, by what it imports of them: `* as iam`, or `{ Role }`. */
  readonly imports?: Readonly<Record<string, string>>;
  /** The types of the public fields that it sets, by name. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Statements of the stack's constructor. */
  readonly body: string;
}

/** The function as gateways and events call it: by its alias, if it has one. */
export function invokedFunction({ alias }: FunctionSettings): string {
  return alias === undefined ? 'this.function' : 'invoked';
}
