/**
 * A number for a text: equal texts have equal numbers, and another text has another one, except with a chance of one to
 * 2^53. Two 32-bit multiplicative hashes beside each other, mixed at the end, as in MurmurHash3's finaliser; 53 bits of them.
 */
export function fingerprintOfText(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = mix(high, low);
  low = mix(low, high);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

function mix(one: number, other: number): number {
  return Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
}
