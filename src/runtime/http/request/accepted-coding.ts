/** The codings of a body that are offered (RFC 9110 §8.4.1), the one that compresses best first. */
export const CODINGS = ['br', 'gzip'] as const;

/** A coding of {@link CODINGS}. */
export type Coding = (typeof CODINGS)[number];

/**
 * The coding that a client prefers (RFC 9110 §12.5.3); of those that it likes equally, the first. Undefined for none: it has
 * not said anything, takes none of them, or likes the plain body better.
 *
 * @param header the field `Accept-Encoding`
 * @param codings those that there are
 */
export function acceptedCoding(header: string | undefined, codings: readonly Coding[] = CODINGS): Coding | undefined {
  if (header === undefined || codings.length === 0) return undefined;
  const weights = readWeights(header);
  const others = weights.get('*') ?? 0;
  // Without a weight of its own, the plain body is acceptable, but any coding that is named is preferred.
  const plain = weights.get('identity') ?? 0;
  let best: Coding | undefined;
  let bestWeight = 0;
  for (const coding of codings) {
    const weight = weights.get(coding) ?? others;
    if (weight > bestWeight && weight >= plain) [best, bestWeight] = [coding, weight];
  }
  return best;
}

/** Of a coding that is named twice, the first counts. A weight that is not one refuses it: the plain body is always right. */
function readWeights(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    const coding = name === 'x-gzip' ? 'gzip' : name;
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const q = weight === undefined ? 1 : /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0;
    if (name !== '' && !weights.has(coding)) weights.set(coding, q);
  }
  return weights;
}
