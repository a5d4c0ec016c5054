/** What of an answer is larger than its source takes. */
export interface Excess {
  readonly of: 'headers' | 'answer';
  /** In bytes. */
  readonly limit: number;
  readonly source: string;
}

/** What the log says of it: the limit, and the cure. This file imports nothing: it is a file apart in bundles. */
export function excessMessage({ of, limit, source }: Excess): string {
  const [what, cure] =
    of === 'headers'
      ? ['headers are', 'Set fewer, or shorter ones']
      : ['answer is', 'Stream it, or answer with a link to where it is'];
  return `The ${what} larger than the ${limit} bytes that ${source} takes of a function. ${cure}.`;
}
