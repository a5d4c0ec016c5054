import { CookieJar } from '../../src/runtime/testing/cookie-jar.js';

const AT = 'https://shop.example.com/a/b';

test.each<[rule: string, set: string, from: string, to: string, sent: string | undefined]>([
  ['a cookie goes back', 'a=1', AT, AT, 'a=1'],
  ['to the folder that it is from', 'a=1', AT, 'https://shop.example.com/a/c/d', 'a=1'],
  ['not above it', 'a=1', AT, 'https://shop.example.com/ab', undefined],
  ['by its path', 'a=1; Path=/x', AT, 'https://shop.example.com/x/y', 'a=1'],
  ['a path is not a beginning', 'a=1; Path=/x', AT, 'https://shop.example.com/xy', undefined],
  ['a path without a slash is none', 'a=1; Path=x', AT, AT, 'a=1'],
  ['to its host alone', 'a=1', AT, 'https://a.shop.example.com/a/b', undefined],
  ['by its domain to subdomains', 'a=1; Domain=.Example.com', AT, 'https://other.example.com/a/b', 'a=1'],
  ['not to a host that only ends so', 'a=1; Domain=example.com', AT, 'https://badexample.com/a/b', undefined],
  ['a foreign domain is refused', 'a=1; Domain=evil.example', AT, AT, undefined],
  ['and a subdomain', 'a=1; Domain=x.shop.example.com', AT, AT, undefined],
  ['an address has no subdomains', 'a=1; Domain=0.0.1', 'https://127.0.0.1/', 'https://127.0.0.1/', undefined],
  ['Secure is not sent in the clear', 'a=1; Secure', AT, AT.replace('https', 'http'), undefined],
  ['nor taken from there', 'a=1; Secure', AT.replace('https', 'http'), AT, undefined],
  ['any other is', 'a=1', AT, AT.replace('https', 'http'), 'a=1'],
  ['Max-Age of 0 deletes', 'a=1; Max-Age=0', AT, AT, undefined],
  ['Max-Age comes before Expires', 'a=1; Max-Age=9; Expires=Thu, 01 Jan 1970 00:00:00 GMT', AT, AT, 'a=1'],
  ['an Expires in the past deletes', 'a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT', AT, AT, undefined],
  ['__Host- needs Secure and the path /', '__Host-a=1; Secure; Path=/', AT, AT, '__Host-a=1'],
  ['or is refused', '__Host-a=1; Secure; Path=/a', AT, AT, undefined],
  ['and has no domain', '__Host-a=1; Secure; Path=/; Domain=shop.example.com', AT, AT, undefined],
  ['__Secure- needs Secure', '__Secure-a=1', AT, AT, undefined],
  ['a value is sent as it came', 'a=%20"b"', AT, AT, 'a=%20"b"'],
  ['above 4 KB it is dropped', `a=${'x'.repeat(4096)}`, AT, AT, undefined],
])('%s: %s', (_rule, set, from, to, sent) => {
  const jar = new CookieJar();
  jar.add(set, new URL(from));
  expect(jar.headerFor(new URL(to))).toBe(sent);
});

test('of the same cookie the last counts; longer paths come first', () => {
  const jar = new CookieJar();
  for (const set of ['a=1; Path=/', 'b=1; Path=/a', 'a=2; Path=/', 'a=3; Path=/a/b']) jar.add(set, new URL(AT));
  expect(jar.headerFor(new URL(AT))).toBe('a=3; b=1; a=2');
  jar.add('b=; Path=/a; Max-Age=0', new URL(AT));
  expect(jar.headerFor(new URL(AT))).toBe('a=3; a=2');
});
