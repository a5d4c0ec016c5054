import type { ComparableResponse } from '../../runtime/testing/comparable.js';
import { textTable } from '../text-table.js';
import type { RecordedRequest } from './recorded-request.js';

/** The response of a door, or why the door has no response. */
export type Outcome = ComparableResponse | { readonly failure: string };

/** One request, and the outcome at each door. The Koa door is the first. */
export interface ComparedRequest {
  readonly recorded: RecordedRequest;
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/** Whether two outcomes are the same. */
export function isSame(a: Outcome, b: Outcome): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Prints a table with one line for each request, and below it the differences. */
export function printReport(compared: readonly ComparedRequest[]): string {
  const doors = [...compared[0]!.outcomes.keys()];
  const rows = compared.map(({ recorded, outcomes }) => {
    const [koa, ...others] = [...outcomes.values()];
    return [
      shorten(recorded.name),
      statusOf(koa!),
      ...others.map((other) => (isSame(other, koa!) ? '=' : statusOf(other, koa))),
    ];
  });
  const table = textTable([['', ...doors], ...rows]);
  const differences = compared.flatMap(({ recorded, outcomes }) => {
    const [koa, ...others] = [...outcomes];
    return others
      .filter(([, outcome]) => !isSame(outcome, koa![1]))
      .map(([door, outcome]) => [`${recorded.name}, ${door}:`, ...differencesOf(koa![1], outcome)].join('\n  '));
  });
  return [table, ...differences].join('\n\n');
}

function shorten(name: string): string {
  return name.length > 60 ? `${name.slice(0, 59)}…` : name;
}

/** The status, or `≠` if the status is the same as Koa's and something else differs. */
function statusOf(outcome: Outcome, koa?: Outcome): string {
  if ('failure' in outcome) return 'failed';
  const isEqual = koa !== undefined && 'status' in koa && koa.status === outcome.status;
  return isEqual ? '≠' : String(outcome.status);
}

function differencesOf(koa: Outcome, other: Outcome): string[] {
  if ('failure' in koa || 'failure' in other) return [`koa: ${summaryOf(koa)}`, `this door: ${summaryOf(other)}`];
  const lines: string[] = [];
  if (koa.status !== other.status) lines.push(`status ${other.status}, koa: ${koa.status}`);
  const write = ([name, value]: readonly [string, string]) => `${name}: ${value}`;
  const [koaHeaders, otherHeaders] = [koa.headers.map(write), other.headers.map(write)];
  for (const header of otherHeaders) if (!koaHeaders.includes(header)) lines.push(`+ ${header}`);
  for (const header of koaHeaders) if (!otherHeaders.includes(header)) lines.push(`- ${header}`);
  if (koa.body !== other.body) lines.push(...bodyDifference(koa.body, other.body));
  return lines.length > 0 ? lines : ['the same headers, in another order'];
}

function summaryOf(outcome: Outcome): string {
  return 'failure' in outcome ? outcome.failure : `status ${outcome.status}`;
}

/** The part of both bodies where they differ. */
function bodyDifference(koa: string, other: string): string[] {
  let at = 0;
  while (at < koa.length && koa[at] === other[at]) at++;
  const from = Math.max(0, at - 30);
  const cut = (body: string) =>
    JSON.stringify(body.slice(from, at + 50)) + (body.length > at + 50 ? '…' : body === '' ? ' (no body)' : '');
  return [`body at ${at}: ${cut(other)}`, `koa: ${cut(koa)}`];
}
