import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Controller, defineApp, Get, type HttpRequest, originOf, Req, StartupError, setCookie } from 'twodoors';
import { toKoa } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import { doorNames, gateways } from 'twodoors/testing';
import { describeMistake } from '../../src/runtime/declarations/mistakes.js';
import type { Peer } from '../../src/runtime/http/client.js';
import { traceProxies } from '../../src/runtime/http/origin/proxy-trace.js';
import { albEvent, httpEvent, restEvent, urlEvent } from '../fixtures/events/events.js';

@Controller()
class OriginController {
  @Get() show(@Req() request: HttpRequest) {
    setCookie(request, 'a', 'b');
    const { address } = request.client;
    return { ...originOf(request), ...(address === undefined ? {} : { address }) };
  }
  @Get('/cookie') cookie(@Req() request: HttpRequest) {
    setCookie(request, 'a', 'b');
  }
}

type Options = {
  publicOrigin?: string | (() => string | undefined);
  log?: (error: unknown) => void;
  trustProxy?: boolean | number | readonly string[];
};
type Headers = Record<string, string>;

const appWith = (options: Options) => defineApp({ controllers: [OriginController], ...options });

/** Sends a request to a Koa server that is reached by plain http, which doors of the testing kit are not. */
async function ask(options: Options, headers: Headers, path = '/') {
  const server = createServer(toKoa(appWith(options)).callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const [response] = (await once(get({ host: '127.0.0.1', port, path, headers }), 'response')) as [IncomingMessage];
    const body = await text(response);
    const cookies = response.headers['set-cookie'] ?? [];
    return { status: response.statusCode, body, isSecure: cookies.some((cookie) => cookie.includes('; Secure')) };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

async function askOrigin(options: Options, headers: Headers) {
  const { body, isSecure } = await ask(options, headers);
  return { ...JSON.parse(body), isSecure };
}

const LOOPBACK = 'loopback';

describe('a publicOrigin that is a function', () => {
  test('is called when the origin is needed', async () => {
    const returned = ['https://one.example', 'https://one.example', 'https://one.example'];
    expect(await askOrigin({ publicOrigin: () => returned.pop() }, { host: 'a.b' })).toMatchObject({
      scheme: 'https',
      host: 'one.example',
      origin: 'https://one.example',
      isSecure: true,
    });
    expect(returned.length).toBeLessThan(3);
  });

  test('that returns undefined counts for nothing', async () => {
    expect(await askOrigin({ publicOrigin: () => undefined }, { host: 'a.b' })).toMatchObject({ origin: 'http://a.b' });
  });

  test.each(['example.com', 'https://example.com/', '', 7])('that returns %j is a 500', async (origin) => {
    const errors: unknown[] = [];
    const options = { publicOrigin: () => origin as string, log: (error: unknown) => errors.push(error) };
    expect((await ask(options, { host: 'a.b' })).status).toBe(500);
    expect(errors.map(String)).toEqual([
      expect.stringMatching(/^TypeError: defineApp, publicOrigin: .* is not an origin\./),
    ]);
  });
});

/** What nginx, a load balancer or CloudFront in front of a server sends on. */
describe('behind the Koa door', () => {
  test.each<[rule: string, options: Options, headers: Headers, expected: object]>([
    [
      'it is the Host header and the connection’s scheme',
      {},
      { host: 'Example.com:8080' },
      { scheme: 'http', host: 'example.com:8080', origin: 'http://example.com:8080', isSecure: false },
    ],
    ['without the scheme’s own port', {}, { host: 'example.com:80' }, { origin: 'http://example.com' }],
    ['IPv6 hosts have brackets', {}, { host: '[::1]:3000' }, { origin: 'http://[::1]:3000' }],
    [
      'forwarding headers that nobody trusts count for nothing',
      {},
      { host: 'a.b', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example', 'x-forwarded-for': '1.2.3.4' },
      { origin: 'http://a.b', address: '127.0.0.1', isSecure: false },
    ],
    [
      'publicOrigin says it all',
      { publicOrigin: 'https://shop.example' },
      { host: 'internal' },
      { scheme: 'https', host: 'shop.example', origin: 'https://shop.example', isSecure: true },
    ],
    [
      'also over what a trusted proxy says',
      { publicOrigin: 'https://shop.example', trustProxy: 1 },
      { host: 'internal', 'x-forwarded-proto': 'http', 'x-forwarded-host': 'other' },
      { origin: 'https://shop.example' },
    ],
    [
      'nginx: proxy_set_header Host $host; X-Forwarded-Proto $scheme',
      { trustProxy: 1 },
      { host: 'shop.example', 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' },
      { origin: 'https://shop.example', address: '203.0.113.9', isSecure: true },
    ],
    [
      'nginx without Host: X-Forwarded-Host',
      { trustProxy: 1 },
      { host: 'upstream:3000', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'shop.example:443' },
      { origin: 'https://shop.example' },
    ],
    [
      'of several entries the trusted proxy’s own counts',
      { trustProxy: 1 },
      {
        host: 'u',
        'x-forwarded-proto': 'http, https',
        'x-forwarded-host': 'evil.example, shop.example',
        'x-forwarded-for': '6.6.6.6, 203.0.113.9',
      },
      { origin: 'https://shop.example', address: '203.0.113.9' },
    ],
    [
      'and behind two the one before it',
      { trustProxy: 2 },
      {
        host: 'u',
        'x-forwarded-proto': 'https, http',
        'x-forwarded-host': 'shop.example, lb.internal',
        'x-forwarded-for': '203.0.113.9, 10.0.0.1',
      },
      { origin: 'https://shop.example', address: '203.0.113.9' },
    ],
    [
      'two proxies of which one writes the scheme',
      { trustProxy: 2 },
      { host: 'shop.example', 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9, 10.0.0.1' },
      { origin: 'https://shop.example' },
    ],
    [
      'a scheme that is not one counts for nothing',
      { trustProxy: 1 },
      { host: 'a.b', 'x-forwarded-proto': 'javascript' },
      { origin: 'http://a.b' },
    ],
    [
      'the peer is in a trusted range',
      { trustProxy: [LOOPBACK] },
      { host: 'a.b', 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' },
      { origin: 'https://a.b', address: '203.0.113.9' },
    ],
    [
      'the peer is not',
      { trustProxy: ['10.0.0.0/8'] },
      {
        host: 'a.b',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-for': '203.0.113.9',
      },
      { origin: 'http://a.b', address: '127.0.0.1' },
    ],
    [
      'ranges are followed from the right, up to the first that is not trusted',
      { trustProxy: [LOOPBACK, '10.0.0.0/8'] },
      { host: 'a.b', 'x-forwarded-for': '10.9.9.9, 203.0.113.9, 10.0.0.2, 10.0.0.1' },
      { address: '203.0.113.9' },
    ],
    [
      'where all are trusted it is the first',
      { trustProxy: [LOOPBACK, 'uniquelocal'] },
      { host: 'a.b', 'x-forwarded-for': '192.168.0.9, 10.0.0.1' },
      { address: '192.168.0.9' },
    ],
    [
      'ports, brackets and IPv6 around IPv4 do not matter',
      { trustProxy: [LOOPBACK, '10.0.0.1', 'fc00::/7'] },
      { host: 'a.b', 'x-forwarded-for': '203.0.113.9:4711, [fd00::1]:80, ::ffff:10.0.0.1' },
      { address: '203.0.113.9' },
    ],
    [
      'all proxies',
      { trustProxy: true },
      {
        host: 'a.b',
        'x-forwarded-for': '203.0.113.9, 8.8.8.8',
        'x-forwarded-proto': 'https, http',
        'x-forwarded-host': 'c.d, e.f',
      },
      { origin: 'https://c.d', address: '203.0.113.9' },
    ],
  ])('%s', async (_rule, options, headers, expected) => {
    expect(await askOrigin(options, headers)).toMatchObject(expected);
  });

  test('what is not an address is unknown', async () => {
    expect(await askOrigin({ trustProxy: 1 }, { host: 'a.b', 'x-forwarded-for': 'unknown' })).not.toHaveProperty(
      'address',
    );
    const forged = await askOrigin(
      { trustProxy: [LOOPBACK] },
      { host: 'a.b', 'x-forwarded-for': '203.0.113.9, <script>' },
    );
    expect(forged).not.toHaveProperty('address');
  });

  test.each(['a b', 'a/b', 'user@a.b', 'a.b?', 'a.b:port', 'a.b\\', '<script>', '-a', 'a.b:123456'])(
    'a Host of %j is a 400 where it is needed, and nowhere else',
    async (host) => {
      expect((await ask({}, { host })).status).toBe(400);
      expect((await ask({}, { host }, '/cookie')).status).toBe(204);
    },
  );
});

type Result = { body: string };

/** What a handler says to an event as AWS makes it. */
async function askEvent(options: Options, event: Record<string, unknown>) {
  const at = 'rawPath' in event ? { ...event, rawPath: '/' } : { ...event, path: '/' };
  return JSON.parse(((await createHandler(appWith(options))(at)) as unknown as Result).body);
}

const lists = (headers: Headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));

describe('behind a gateway', () => {
  const api = 'abc123.execute-api.eu-central-1.amazonaws.com';
  const own = { host: api, 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };
  /** CloudFront is one proxy in front of the gateway, which sees CloudFront's address, and CloudFront the client's. */
  const behindCloudFront = { host: api, 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.5, 130.176.0.9' };

  test.each<[rule: string, options: Options, event: Record<string, unknown>, expected: object]>([
    [
      'REST API: its own domain, by https',
      {},
      restEvent({ multiValueHeaders: lists(own) }),
      { origin: `https://${api}` },
    ],
    ['HTTP API: the same', {}, httpEvent({ headers: own }), { origin: `https://${api}` }],
    [
      'Function URL: the same',
      {},
      urlEvent({ headers: { ...own, host: 'x.lambda-url.eu-central-1.on.aws' } }),
      { origin: 'https://x.lambda-url.eu-central-1.on.aws' },
    ],
    [
      'a custom domain is in the Host header',
      {},
      httpEvent({ headers: { ...own, host: 'shop.example' } }),
      { origin: 'https://shop.example' },
    ],
    [
      'load balancer: the scheme that it wrote',
      {},
      albEvent({ headers: { ...own, host: 'shop.example', 'x-forwarded-proto': 'http' } }),
      { origin: 'http://shop.example' },
    ],
    [
      'load balancer: the last entry is its own',
      {},
      albEvent({ headers: { ...own, host: 'shop.example', 'x-forwarded-proto': 'http, https' } }),
      { origin: 'https://shop.example', address: '203.0.113.7' },
    ],
    [
      'load balancer that keeps the client’s port',
      {},
      albEvent({ headers: { ...own, host: 'a.b', 'x-forwarded-for': '6.6.6.6, 203.0.113.7:4711' } }),
      { address: '203.0.113.7' },
    ],
    [
      'CloudFront: the gateway’s host, so that publicOrigin is needed',
      {},
      httpEvent({ headers: behindCloudFront }),
      { origin: `https://${api}` },
    ],
    [
      'CloudFront with publicOrigin',
      { publicOrigin: 'https://shop.example', trustProxy: 1 },
      httpEvent({ headers: behindCloudFront }),
      { origin: 'https://shop.example', address: '198.51.100.5' },
    ],
    [
      'CloudFront with a function that forwards the host',
      { trustProxy: 1 },
      httpEvent({ headers: { ...behindCloudFront, 'x-forwarded-host': 'shop.example' } }),
      { origin: 'https://shop.example' },
    ],
    [
      'x-forwarded-host of a client is passed on by API Gateway, and counts for nothing',
      {},
      restEvent({ multiValueHeaders: lists({ ...own, 'x-forwarded-host': 'evil.example' }) }),
      { origin: `https://${api}` },
    ],
    [
      'CloudFront by its address ranges',
      { trustProxy: ['130.176.0.0/16'] },
      httpEvent({ headers: behindCloudFront }),
      { address: '198.51.100.5' },
    ],
    [
      'a client that goes around CloudFront',
      { trustProxy: ['130.176.0.0/16'] },
      httpEvent({ headers: { ...own, 'x-forwarded-for': '1.1.1.1, 203.0.113.7', 'x-forwarded-host': 'evil.example' } }),
      { origin: `https://${api}`, address: '203.0.113.7' },
    ],
    [
      'CloudFront in front of a load balancer that appends its own scheme',
      { trustProxy: 1 },
      albEvent({ headers: { ...behindCloudFront, host: 'shop.example', 'x-forwarded-proto': 'https, http' } }),
      { origin: 'https://shop.example', address: '198.51.100.5' },
    ],
  ])('%s', async (_rule, options, event, expected) => {
    expect(await askEvent(options, event)).toMatchObject(expected);
  });

  test.each(doorNames.filter((name) => name !== 'koa').map((name) => ({ name })))(
    '$name: what its model adds is right',
    async ({ name }) => {
      const gateway = gateways[name as keyof typeof gateways];
      const request = {
        method: 'GET',
        target: '/',
        headers: [['host', 'shop.example']] as const,
        body: new Uint8Array(),
      };
      const result = await createHandler(appWith({}))(gateway.toEvent(request, { sourceIp: '203.0.113.7' }));
      const response = gateway.toResponse(JSON.parse(JSON.stringify(result)), request, {});
      expect(JSON.parse(Buffer.from(response.body).toString())).toMatchObject({
        host: 'shop.example',
        address: '203.0.113.7',
      });
    },
  );
});

test.each<[text: string, address: string | undefined]>([
  ['1.2.3.4', '1.2.3.4'],
  ['1.2.3.4:80', '1.2.3.4'],
  ['::ffff:1.2.3.4', '1.2.3.4'],
  ['[::FFFF:1.2.3.4]:80', '1.2.3.4'],
  ['2001:DB8::1', '2001:DB8::1'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['1.2.3.256', undefined],
  ['1.2.3', undefined],
  ['1.2.3.4.5', undefined],
  ['1:2', undefined],
  ['::1::2', undefined],
  ['2001:db8::1]', undefined],
  ['::1]/x[', undefined],
  ['010.0.0.1', undefined],
  ['0x7f.0.0.1', undefined],
  ['abc', undefined],
  ['::ffff:1.2.3.256', undefined],
  ['unknown', undefined],
  ['_hidden', undefined],
  ['1.2.3.4 5', undefined],
])('the address in %j is %j', (text, address) => {
  const peer: Peer = { address: '127.0.0.1', protocol: 'http', isForwarded: false };
  expect(traceProxies(peer, { 'x-forwarded-for': text }, 1).client.address).toBe(address);
});

describe('at startup', () => {
  const mistakesOf = (options: object) => {
    try {
      createHandler(appWith(options));
    } catch (error) {
      return (error as StartupError).mistakes.map(describeMistake);
    }
    return [];
  };
  test.each([
    ['example.com'],
    ['https://example.com/'],
    ['https://example.com/shop'],
    ['https://example.com:443'],
    ['https://Example.com'],
    ['https://user@example.com'],
    ['ftp://example.com'],
    [''],
    [7],
  ])('a publicOrigin of %j is a mistake', (publicOrigin) => {
    expect(mistakesOf({ publicOrigin })).toEqual([
      expect.stringMatching(/^defineApp, publicOrigin: .* is not an origin\./),
    ]);
  });

  test.each([
    ['10.0.0.0/33'],
    ['10.0.0.0/0'],
    ['10.0.0.0/255.0.255.0'],
    ['10.0.0/8'],
    ['300.0.0.1'],
    ['::1/129'],
    ['10.0.0.0/'],
    ['local'],
    [''],
    [7],
  ])('a trustProxy of [%j] is a mistake', (range) => {
    expect(mistakesOf({ trustProxy: ['10.0.0.1', range] })).toEqual([
      expect.stringMatching(/^defineApp, trustProxy: .* is not an IP address or a range of them/),
    ]);
  });

  test.each([['loopback'], [{}]])(
    'a trustProxy of %j, which TypeScript refuses, is a mistake that says what is accepted',
    (trustProxy) => {
      expect(mistakesOf({ trustProxy: trustProxy as never })).toEqual([
        `defineApp, trustProxy: ${JSON.stringify(trustProxy)} is not a list of addresses. Use true, a number of proxies, or a list such as ["loopback"].`,
      ]);
    },
  );

  test.each([[-1], [1.5]])('a trustProxy of %j is a mistake', (trustProxy) => {
    expect(mistakesOf({ trustProxy })).toEqual([
      expect.stringMatching(/^defineApp, trustProxy: .* is not a number of proxies/),
    ]);
  });

  test.each([
    [{ publicOrigin: 'http://localhost:3000' }],
    [{ publicOrigin: 'https://xn--bcher-kva.example' }],
    [
      {
        trustProxy: ['10.0.0.0/8', '::1', 'fe80::/10', 'loopback', 'linklocal', 'uniquelocal'],
      },
    ],
    [{ trustProxy: 0 }],
  ])('%j is right', (options) => {
    expect(mistakesOf(options)).toEqual([]);
  });
});
