import type { BindingIssue } from '../../http/errors/http-error.js';
import type { Hydration } from './linked-class.js';

/** One thing wrong with an input; `path` leads to it from the input's root. */
export interface ValueIssue extends Omit<BindingIssue, 'in'> {
  /** The `context` of the decorators that failed, by constraint. */
  contexts?: Record<string, unknown>;
}

/** One validation of one input. */
export interface CheckRun extends Hydration {
  /** Whether a property has at most one failed constraint. */
  readonly stopsAtFirst: boolean;
  /** In class-validator's order. One without a message keeps the place of an asynchronous check. */
  readonly issues: ValueIssue[];
  /** The number of issues with a message. */
  failed: number;
  /** The number of asynchronous checks without a verdict. */
  open: number;
  pending: Promise<void>[] | undefined;
  /** What is left to check once the pending checks have their verdicts, the innermost first. */
  rest: (() => void)[] | undefined;
}

/** Whether no further value may be checked: each of the pending checks may still fail. */
export function isFull(run: CheckRun): boolean {
  return run.failed + run.open >= run.maxErrors;
}
