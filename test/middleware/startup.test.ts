import { Controller, defineApp, Get, type Middleware, StartupError, Use } from 'twodoors';
import {
  accessLog,
  type CacheControlOptions,
  type CorsOptions,
  cacheControl,
  compress,
  cors,
  etag,
  requestId,
  type SecurityHeadersOptions,
  securityHeaders,
} from 'twodoors/middleware';
import { inject } from 'twodoors/testing';

@Controller()
class HomeController {
  @Get() home() {
    return 'home';
  }
}

/** The messages of a startup that must fail; none of one that does not. */
async function mistakesOf(
  use: readonly Middleware[],
  controller: new () => object = HomeController,
): Promise<string[]> {
  try {
    await inject(defineApp({ controllers: [controller], use }), '/');
    return [];
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    return error.mistakes.map(({ message }) => message);
  }
}

describe('cors()', () => {
  const wrong: [rule: string, options: unknown, message: RegExp][] = [
    ['without options', undefined, /needs an origin/],
    ['with a path', { origin: 'https://a.example/' }, /"https:\/\/a\.example\/" is not an origin/],
    ['with a host alone', { origin: 'a.example' }, /is not an origin/],
    ['in upper case', { origin: 'https://A.example' }, /is not an origin/],
    ['with the port of its scheme', { origin: 'https://a.example:443' }, /is not an origin/],
    ['with a wildcard in it', { origin: 'https://*.a.example' }, /is not an origin/],
    ['null', { origin: ['null'] }, /is not an origin/],
    ['* and credentials', { origin: '*', credentials: true }, /Name the origins/],
    ['* among others', { origin: ['*', 'https://a.example'] }, /useless/],
    ['an expression without an end', { origin: /^https:\/\/a\.example/ }, /Write \^ at its start/],
    ['an expression without a start', { origin: [/a\.example$/] }, /Write \^ at its start/],
    ['an expression with a dollar sign as text', { origin: /^https:\/\/a\.example\$/ }, /Write \^ at its start/],
    ['alternatives that are not whole', { origin: /^https:\/\/a\.example|https:\/\/b\.example$/ }, /in brackets/],
    ['an expression by lines', { origin: /^https:\/\/a\.example$/m }, /Write \^ at its start/],
    ['* for methods', { origin: '*', methods: ['*'] }, /Leave methods out/],
    ['* for headers', { origin: '*', allowedHeaders: ['*'] }, /Leave allowedHeaders out/],
    [
      '* for headers to read',
      { origin: 'https://a.example', credentials: true, exposedHeaders: ['*'] },
      /Name the headers/,
    ],
    ['a name with a blank', { origin: '*', exposedHeaders: ['x total'] }, /is not a name/],
    ['a text for a list', { origin: '*', methods: 'GET' }, /methods is not a list/],
    ['a fraction of a second', { origin: '*', maxAge: 0.5 }, /maxAge/],
  ];
  test.each(wrong)('refuses %s', async (_rule, options, message) => {
    const found = await mistakesOf([cors(options as CorsOptions)]);
    expect(found).toEqual([expect.stringMatching(message)]);
    expect(found[0]).toMatch(/^cors\(\): /);
  });

  const right: [rule: string, options: CorsOptions][] = [
    ['a port', { origin: 'http://localhost:5173' }],
    ['an expression with alternatives in brackets', { origin: /^https:\/\/(?:a|b)\.example$/ }],
    ['an expression with | in a class', { origin: /^https:\/\/[a|b]\.example$/ }],
    ['nobody', { origin: [] }],
    ['* for headers to read without credentials', { origin: '*', exposedHeaders: ['*'] }],
    ['-1 for a preflight that is not kept', { origin: '*', maxAge: -1 }],
  ];
  test.each(right)('takes %s', async (_rule, options) => {
    expect(await mistakesOf([cors(options)])).toEqual([]);
  });
});

describe('securityHeaders()', () => {
  const wrong: [rule: string, options: SecurityHeadersOptions, message: RegExp][] = [
    ['a keyword without quotes', { contentSecurityPolicy: { 'img-src': ['self'] } }, /needs quotes/],
    ['two sources in one text', { contentSecurityPolicy: { 'img-src': ["'self' data:"] } }, /not one source/],
    ['a semicolon', { contentSecurityPolicy: { 'img-src': ["'self';"] } }, /not one source/],
    ['a directive in camel case', { contentSecurityPolicy: { imgSrc: ["'self'"] } }, /"imgSrc" is not a directive/],
    ['a text for a list', { contentSecurityPolicy: { 'img-src': "'self'" as never } }, /is not a list/],
    ['another word for frames', { frameAncestors: 'all' as never }, /frameAncestors/],
    ['preloading for a day', { hsts: { maxAge: 86_400, includeSubDomains: true, preload: true } }, /preload/],
    ['a negative time', { hsts: { maxAge: -1 } }, /maxAge -1/],
    ['a referrer policy with a line break', { referrerPolicy: 'no-referrer\r\nx: y' }, /is not a policy/],
  ];
  test.each(wrong)('refuses %s', async (_rule, options, message) => {
    expect(await mistakesOf([securityHeaders(options)])).toEqual([expect.stringMatching(message)]);
  });
});

describe('cacheControl()', () => {
  const wrong: [rule: string, options: CacheControlOptions, message: RegExp][] = [
    ['nothing', {}, /no directives/],
    ['public and private', { public: true, private: true }, /contradict/],
    ['noStore with a time', { noStore: true, maxAge: 5 }, /maxAge says nothing/],
    ['a negative time', { maxAge: -5 }, /maxAge: -5/],
  ];
  test.each(wrong)('refuses %s', async (_rule, options, message) => {
    expect(await mistakesOf([cacheControl(options)])).toEqual([expect.stringMatching(message)]);
  });
});

test('options of the others are checked as well', async () => {
  expect(
    await mistakesOf([
      accessLog({ format: 'xml' as never }),
      requestId({ header: 'x id' }),
      compress({ threshold: Number.NaN, types: 'text/*' as never }),
    ]),
  ).toEqual([
    expect.stringMatching(/^accessLog\(\): format: "xml"/),
    expect.stringMatching(/^requestId\(\): "x id"/),
    expect.stringMatching(/^compress\(\): threshold: NaN/),
    expect.stringMatching(/^compress\(\): types/),
  ]);
});

describe('the place', () => {
  test('does not matter, but for a log after what answers requests itself', async () => {
    const use = [
      etag(),
      compress(),
      cacheControl({ maxAge: 1 }),
      requestId(),
      securityHeaders(),
      cors({ origin: '*' }),
    ];
    const log = () => accessLog({ skip: () => true });
    expect(await mistakesOf([log(), ...use])).toEqual([]);
    expect(await mistakesOf([log(), ...use.toReversed()])).toEqual([]);
    expect(await mistakesOf([...use, log()])).toEqual([
      'accessLog() comes after cors(), which answers preflights itself: they would not be in the log. Put accessLog() before cors().',
    ]);
  });

  test('of two of a kind is a mistake in "use"', async () => {
    expect(await mistakesOf([etag(), cors({ origin: '*' }), etag()])).toEqual([
      'there are two etag() in "use", and only one can count. Remove one.',
    ]);
  });

  test('of what is for a whole app is a mistake on a class or a method', async () => {
    @Controller()
    @Use(securityHeaders(), compress(), etag())
    class PlacedController {
      @Get() @Use(accessLog(), requestId(), cacheControl({ maxAge: 1 }), cors({ origin: '*' })) home() {
        return 'home';
      }
    }
    expect(await mistakesOf([], PlacedController)).toEqual(
      ['securityHeaders', 'compress', 'accessLog', 'requestId'].map(
        (name) => `${name}() is on a class or a method, and works only for a whole app. Move it to "use" of defineApp.`,
      ),
    );
  });
});
