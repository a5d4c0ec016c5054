/** CORS settings of the gateway itself. */

import { jest } from '@jest/globals';
import type { CorsConfig } from '../../src/cli/config/config.js';
import { makeFunction, removeFunctions } from './function-folder.js';
import { localFunction, openLocalDoor } from './local-door.js';

// It starts processes, beside all other tests.
jest.setTimeout(240_000);
afterAll(removeFunctions);

const CODE = `
exports.handler = async (event) => ({
  statusCode: 200,
  headers: { 'access-control-allow-origin': 'https://of-the-function.example', 'x-method': event.requestContext.http.method },
  body: 'ok',
});
`;
const PAGE = 'https://page.example';
const CORS: CorsConfig = {
  allowOrigins: [PAGE, 'http://*'],
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['content-type'],
  exposeHeaders: ['x-total'],
  maxAge: 300,
};
const ASKS = { 'access-control-request-method': 'POST' };

interface Case {
  what: string;
  cors?: CorsConfig;
  method?: string;
  headers: Record<string, string>;
  /** Whether the function is invoked. */
  isPassedOn?: boolean;
  /** The CORS headers of the response. */
  expected: Record<string, string>;
}

const PREFLIGHT = {
  'access-control-allow-methods': 'GET,POST',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '300',
};
const EXPOSED = { 'access-control-expose-headers': 'x-total' };

const cases: Case[] = [
  {
    what: 'the gateway responds to a preflight',
    method: 'OPTIONS',
    headers: { origin: PAGE, ...ASKS },
    expected: { 'access-control-allow-origin': PAGE, ...PREFLIGHT },
  },
  {
    what: 'a preflight from an origin whose scheme is allowed',
    method: 'OPTIONS',
    headers: { origin: 'http://localhost:8080', ...ASKS },
    expected: { 'access-control-allow-origin': 'http://localhost:8080', ...PREFLIGHT },
  },
  {
    what: 'a preflight from another origin gets no CORS headers',
    method: 'OPTIONS',
    headers: { origin: 'https://other.example', ...ASKS },
    expected: {},
  },
  {
    what: 'any origin is allowed',
    cors: { allowOrigins: ['*'] },
    method: 'OPTIONS',
    headers: { origin: PAGE, ...ASKS },
    expected: { 'access-control-allow-origin': '*' },
  },
  {
    what: 'any origin is allowed, with credentials',
    cors: { allowOrigins: ['*'], allowCredentials: true },
    method: 'OPTIONS',
    headers: { origin: PAGE, ...ASKS },
    expected: { 'access-control-allow-origin': PAGE, 'access-control-allow-credentials': 'true' },
  },
  {
    what: 'an OPTIONS request that is not a preflight goes to the function',
    method: 'OPTIONS',
    headers: { origin: PAGE },
    isPassedOn: true,
    expected: { 'access-control-allow-origin': PAGE, ...EXPOSED },
  },
  {
    what: 'a response has the CORS headers of the gateway, not of the function',
    headers: { origin: PAGE },
    isPassedOn: true,
    expected: { 'access-control-allow-origin': PAGE, ...EXPOSED },
  },
  {
    what: 'a response to another origin has no CORS headers',
    headers: { origin: 'https://other.example' },
    isPassedOn: true,
    expected: {},
  },
  {
    what: 'a response to a request without an origin has no CORS headers',
    headers: {},
    isPassedOn: true,
    expected: {},
  },
];

describe.each(['http', 'url'] as const)('%s', (gateway) => {
  const local = localFunction(makeFunction({ 'index.js': CODE }));
  afterAll(() => local.kill());

  test.each(cases)('$what', async ({ cors = CORS, method = 'GET', headers, isPassedOn = false, expected }) => {
    const door = await openLocalDoor(gateway, local, { cors });
    const response = await door.request('/', { method, headers });
    door.close();
    const own = Object.entries(response.headers).filter(([name]) => name.startsWith('access-control-'));
    expect(Object.fromEntries(own)).toEqual(expected);
    expect(response.headers['x-method']).toBe(isPassedOn ? method : undefined);
    expect(response.status).toBe(isPassedOn || gateway === 'url' ? 200 : 204);
  });
});
