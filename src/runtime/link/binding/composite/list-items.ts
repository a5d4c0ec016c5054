import { MAX_ERRORS } from '../../../http/errors/max-errors.js';
import { BindingFailure } from '../binding-failure.js';

type ConvertItem = (item: unknown, index: number) => unknown;

/**
 * Converts the items of a list, and stops once there are as many issues as a reply names: a long list of invalid items
 * costs no more than a short one. Asynchronous conversions run side by side, 100 at a time.
 */
export function convertItems(
  list: readonly unknown[],
  convert: ConvertItem,
  maxErrors = MAX_ERRORS,
): unknown[] | BindingFailure | Promise<unknown> {
  const outcomes: unknown[] = [];
  let issues = 0;
  for (let i = 0; i < list.length && issues < maxErrors; i++) {
    const outcome = convert(list[i], i);
    if (outcome instanceof Promise) return convertLater(list, convert, [...outcomes, outcome], maxErrors);
    if (outcome instanceof BindingFailure) issues += outcome.issues.length;
    outcomes.push(outcome);
  }
  return gather(outcomes) as unknown[] | BindingFailure;
}

/** Goes on where an item is converted asynchronously. @param begun what has begun already */
async function convertLater(
  list: readonly unknown[],
  convert: ConvertItem,
  begun: readonly unknown[],
  maxErrors: number,
): Promise<unknown> {
  const settled: unknown[] = await Promise.all(begun);
  let issues = issuesIn(settled);
  while (settled.length < list.length && issues < maxErrors) {
    const from = settled.length;
    const part = await Promise.all(list.slice(from, from + MAX_ERRORS).map((item, i) => convert(item, from + i)));
    issues += issuesIn(part);
    settled.push(...part);
  }
  return gather(settled);
}

function issuesIn(outcomes: readonly unknown[]): number {
  return outcomes.reduce<number>((sum, each) => sum + (each instanceof BindingFailure ? each.issues.length : 0), 0);
}

/** Makes one outcome of those of a list's items: the values, or all issues. */
export function gather(outcomes: readonly unknown[]): unknown {
  if (outcomes.some((outcome) => outcome instanceof Promise)) return Promise.all(outcomes).then(gather);
  const issues = outcomes.flatMap((outcome) => (outcome instanceof BindingFailure ? outcome.issues : []));
  return issues.length > 0 ? new BindingFailure(issues) : outcomes;
}
