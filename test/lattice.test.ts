import { Body, Controller, defineApp, Get, HttpReply, type HttpRequest, Post, Query, Req } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { latticeEvent, latticeV1Event } from './fixtures/events/events.js';

const COOKIES = ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'];

@Controller()
class EchoController {
  @Get(['/echo', '/echo/*rest']) echo(@Req() request: HttpRequest, @Query('q', [String]) q: string[] = []) {
    const { path, headers, cookies, client, claims } = request;
    return { path, q, headers, cookies: { ...cookies }, client, claims, source: request.lambda?.source };
  }
  @Post('/echo') async body(@Body() bytes: Uint8Array) {
    return new HttpReply(bytes, { headers: { 'content-type': 'application/x-echo' } });
  }
  @Get('/cookies') cookies() {
    return new HttpReply('c', { headers: { 'x-one': '1' }, cookies: COOKIES });
  }
}

const app = defineApp({ controllers: [EchoController] });
const handler = createHandler(app);

type Result = { statusCode: number; headers: Record<string, string>; body: string; isBase64Encoded: boolean };
const invoke = async (event: unknown) => (await handler(event)) as unknown as Result;
const echoed = async (event: unknown) => {
  const result = await invoke(event);
  expect(result.statusCode).toBe(200);
  return JSON.parse(result.body);
};

describe('V2', () => {
  test('repeated headers and query values come in lists, and nothing is decoded', async () => {
    const event = latticeEvent({
      path: '/echo/a%2Fb%20c',
      headers: { 'X-Two': ['1', '2'], cookie: ['s=1; t=2'], 'x-forwarded-for': ['192.0.2.1, 10.0.0.7'] },
      queryStringParameters: { q: ['a%2Bb', 'a+b', '100%25'] },
    });
    expect(await echoed(event)).toMatchObject({
      source: 'lattice',
      path: '/echo/a%2Fb%20c',
      q: ['a+b', 'a b', '100%'],
      headers: { 'x-two': '1,2' },
      cookies: { s: '1', t: '2' },
      client: { address: '10.0.0.7' },
      claims: { type: 'AWS_IAM' },
    });
  });

  test('a path that has its query with it is read as one', async () => {
    const event = latticeEvent({ path: '/echo?q=a+b&q=%2B', queryStringParameters: { q: ['a+b', '%2B'] } });
    expect(await echoed(event)).toMatchObject({ path: '/echo', q: ['a b', '+'] });
  });

  test('hand-made events may have single values, or nothing', async () => {
    const single = latticeEvent({ headers: { 'x-a': '1' }, queryStringParameters: { q: 'v' } });
    expect(await echoed(single)).toMatchObject({ q: ['v'], headers: { 'x-a': '1' } });
    const bare = latticeEvent({ headers: null, queryStringParameters: undefined });
    expect(await echoed(bare)).toMatchObject({ q: [], headers: {} });
  });
});

describe('V1', () => {
  test('the path has the query, which has all of its values', async () => {
    const event = latticeV1Event({
      raw_path: '/echo/a%2Fb?q=a%2Bb&q=a+b',
      query_string_parameters: { q: 'a+b' },
      headers: { 'x-two': '1, 2', cookie: 's=1' },
    });
    expect(await echoed(event)).toMatchObject({
      source: 'lattice',
      path: '/echo/a%2Fb',
      q: ['a+b', 'a b'],
      headers: { 'x-two': '1, 2' },
      cookies: { s: '1' },
    });
  });

  test('else the last value of each is all that there is', async () => {
    expect(await echoed(latticeV1Event({ query_string_parameters: { q: 'a%2Bb' } }))).toMatchObject({ q: ['a+b'] });
  });
});

describe.each([
  ['V2', latticeEvent, 'isBase64Encoded', (path: string) => ({ path })],
  ['V1', latticeV1Event, 'is_base64_encoded', (path: string) => ({ raw_path: path })],
] as const)('%s', (_name, event, flag, at) => {
  test('binary bodies, both ways', async () => {
    const body = Buffer.from([0, 1, 127, 128, 254, 255]).toString('base64');
    expect(await invoke(event({ method: 'POST', body, [flag]: true }))).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/x-echo' },
      body,
      isBase64Encoded: true,
    });
  });

  test('the result is one map of strings, several cookies under names that differ in case', async () => {
    const { headers, ...result } = await invoke(event(at('/cookies')));
    expect(result).toEqual({ statusCode: 200, body: 'c', isBase64Encoded: false });
    const cookies = Object.entries(headers).filter(([name]) => name.toLowerCase() === 'set-cookie');
    expect(cookies.map(([, value]) => value)).toEqual(COOKIES);
    expect(headers['x-one']).toBe('1');
  });

  test('a base path goes', async () => {
    const based = createHandler(app, { basePath: 'v1' });
    expect(((await based(event(at('/v1/echo')))) as Result).statusCode).toBe(200);
  });
});

test('a path alone is not a request of VPC Lattice', async () => {
  for (const event of [
    { raw_path: '/echo' },
    latticeEvent({ method: undefined }),
    latticeEvent({ requestContext: {} }),
  ]) {
    await expect(handler(event)).rejects.toThrow('is not an HTTP request');
  }
});
