/** The codings that are offered, the best first. */
export const CODINGS = ['br', 'gzip'] as const;

/** A coding of a body (RFC 9110 §8.4.1). */
export type Coding = (typeof CODINGS)[number];

/**
 * The coding that a client prefers (RFC 9110 §12.5.3); of those that it likes equally, the one that compresses best.
 * Undefined for none: it has not said anything, takes neither, or likes the plain body better.
 */
export function preferredCoding(header: string | undefined): Coding | undefined {
  if (header === undefined) return undefined;
  const weights = new Map<string, number>();
  for (const part of header.split(',')) {
    const [name = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
    const weight = parameters.find((each) => each.startsWith('q='))?.slice(2);
    const coding = name === 'x-gzip' ? 'gzip' : name;
    // Of a coding that is named twice, the first counts. A weight that is not a number refuses it.
    if (name !== '' && !weights.has(coding)) weights.set(coding, weight === undefined ? 1 : Number(weight) || 0);
  }
  const others = weights.get('*') ?? 0;
  const plain = weights.get('identity') ?? 0;
  let best: Coding | undefined;
  let bestWeight = 0;
  for (const coding of CODINGS) {
    const weight = weights.get(coding) ?? others;
    if (weight > bestWeight && weight >= plain) [best, bestWeight] = [coding, weight];
  }
  return best;
}
