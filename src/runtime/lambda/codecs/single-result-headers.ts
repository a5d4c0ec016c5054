import { type BufferedReply, resultHeaders } from './result-fields.js';

/**
 * The headers of a result that takes one value a name. Several cookies go under names that differ in case: joined with
 * a comma they would be lost, since a cookie's Expires has a comma of its own.
 */
export function singleResultHeaders(reply: BufferedReply): Record<string, string> {
  const headers: Record<string, string> = { ...resultHeaders(reply) };
  reply.cookies.forEach((cookie, i) => {
    headers[spellingOf('set-cookie', i)] = cookie;
  });
  return headers;
}

/** The `n`th way to write a name in upper and lower case; the 0th is lower case. */
function spellingOf(name: string, n: number): string {
  let bits = n;
  return name.replace(/[a-z]/g, (letter) => {
    const isUpper = bits % 2 === 1;
    bits = Math.floor(bits / 2);
    return isUpper ? letter.toUpperCase() : letter;
  });
}
