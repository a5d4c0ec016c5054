import type { BindingIssue } from '../../http/errors/http-error.js';
import type { Hydration } from './linked-class.js';
import type { ShowValue } from './message.js';

/** One thing wrong with an input; `path` leads to it from the input's root. */
export interface ValueIssue extends Omit<BindingIssue, 'in'> {
  /** The `context` of the decorators that failed, by constraint. */
  contexts?: Record<string, unknown>;
}

/** One validation of one input. */
export interface CheckRun {
  readonly hydration: Hydration;
  readonly show: ShowValue;
  /** The most issues that are collected. */
  readonly maxErrors: number;
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

/** Leaves the rest of a list or class for later; it is never checked where there are enough issues already. */
export function pause(run: CheckRun, continueChecks: () => void): void {
  if (run.failed >= run.maxErrors) return;
  run.rest ??= [];
  run.rest.push(continueChecks);
}

/** Waits for the pending checks, then goes on with what was left, until all is checked or there are enough issues. */
export async function settle(run: CheckRun): Promise<void> {
  while (run.pending !== undefined) {
    const { pending } = run;
    run.pending = undefined;
    await Promise.all(pending);
    resume(run);
  }
}

function resume(run: CheckRun): void {
  const rest = run.rest ?? [];
  run.rest = undefined;
  // Each may leave a part of its own for later again. That part comes before the outer ones, which then do the same.
  for (const continueChecks of rest) continueChecks();
}

/** The issue of one value, created when its first check fails; at `before`, ahead of the issues nested in the value. */
export function issueAt(path: string, before: number, { issues }: CheckRun): ValueIssue {
  const known = issues[before];
  if (known?.path === path) return known;
  const issue: ValueIssue = { path, message: '', constraints: {} };
  issues.splice(before, 0, issue);
  return issue;
}

/** Adds the failure of one constraint to an issue. */
export function fail(run: CheckRun, issue: ValueIssue, name: string, message: string, context?: unknown): void {
  // Only an issue that has not failed is without a message.
  if (issue.message === '') run.failed++;
  issue.constraints![name] = message;
  issue.message = Object.values(issue.constraints!).filter(Boolean).join(', ') || 'is invalid';
  if (context) issue.contexts = { ...issue.contexts, [name]: context };
}

/** The issues of a run that is over. */
export function issuesOf({ issues, failed, maxErrors }: CheckRun): ValueIssue[] {
  // An asynchronous check that passed leaves behind an issue without a message, which only kept its place.
  const found = issues.length === failed ? issues : issues.filter(({ message }) => message !== '');
  return found.length > maxErrors ? found.slice(0, maxErrors) : found;
}
