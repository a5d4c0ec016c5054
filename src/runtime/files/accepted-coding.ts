/** A coding that a file may lie in beside itself, the smaller first, and the extension of its name. */
export const CODINGS = [
  { coding: 'br', extension: '.br' },
  { coding: 'gzip', extension: '.gz' },
] as const;

/** A coding of {@link CODINGS}. */
export type Coding = (typeof CODINGS)[number]['coding'];

/**
 * Which of the codings that a file has is sent: the one that the client weighs most, of equal ones the first; undefined for
 * the file as it is (RFC 9110 §12.5.3).
 */
export function acceptedCoding(header: string | undefined, codings: readonly Coding[]): Coding | undefined {
  if (header === undefined || codings.length === 0) return undefined;
  const weights = readWeights(header);
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0;
  // Without a weight of its own, the file as it is is acceptable, but any coding that is named is preferred.
  const plain = weights.get('identity') ?? 0;
  let best: Coding | undefined;
  for (const coding of codings) {
    const weight = weightOf(coding);
    if (weight > 0 && weight >= plain && (best === undefined || weight > weightOf(best))) best = coding;
  }
  return best;
}

function readWeights(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const q = weight === undefined ? 1 : /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0;
    if (name !== '') weights.set(name === 'x-gzip' ? 'gzip' : name, q);
  }
  return weights;
}
