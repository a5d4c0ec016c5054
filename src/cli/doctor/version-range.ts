type Version = readonly [major: number, minor: number, patch: number];

/**
 * Whether a version is in a range such as `^20.19.0 || >=22.12.0`, the kinds that package.json files of ours have.
 * Pre-releases count as their release.
 */
export function isInVersionRange(version: string, range: string): boolean {
  const found = parseVersion(version);
  return range.split('||').some((part) => isInPart(found, part.trim()));
}

function isInPart(version: Version, part: string): boolean {
  const least = parseVersion(part);
  if (compare(version, least) < 0) return false;
  if (part.startsWith('>=')) return true;
  // The caret keeps the first number that is not 0.
  const kept = least[0] > 0 ? 1 : least[1] > 0 ? 2 : 3;
  return compare(version.slice(0, kept), least.slice(0, kept)) === 0;
}

function parseVersion(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = (/\d+(?:\.\d+)*/.exec(text)?.[0] ?? '').split('.').map(Number);
  return [major, minor, patch];
}

function compare(one: readonly number[], other: readonly number[]): number {
  return one.map((part, i) => part - other[i]!).find((difference) => difference !== 0) ?? 0;
}
