import type { BufferedReply } from './event-codec.js';
import { headersOf } from './event-parts.js';

/**
 * One value a name is all that there is: several cookies go under names that differ in case. Joined with a comma they
 * would be lost, since a cookie's Expires has a comma of its own.
 */
export function singleHeadersOf(reply: BufferedReply): Record<string, string> {
  const headers: Record<string, string> = { ...headersOf(reply) };
  reply.cookies.forEach((cookie, i) => {
    headers[inCase('set-cookie', i)] = cookie;
  });
  return headers;
}

/** The `n`th way to write a name in upper and lower case; the 0th is lower case. */
function inCase(name: string, n: number): string {
  let bits = n;
  return name.replace(/[a-z]/g, (letter) => {
    const isUpper = bits % 2 === 1;
    bits = Math.floor(bits / 2);
    return isUpper ? letter.toUpperCase() : letter;
  });
}
