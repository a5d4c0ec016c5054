/** A client that openapi-typescript has typed compiles, and calls both doors. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import createClient from 'openapi-fetch';
import { type Door, openDoor } from 'twodoors/testing';
import { REPOSITORY } from '../source-files.js';
import { app } from './every-app.js';
import type { components, paths } from './every-app-types.js';

test('the types are those that openapi-typescript makes of the reviewed document', () => {
  const made = spawnSync(process.execPath, ['test/openapi/make-client-types.js', 'test/openapi/every-app.json'], {
    cwd: REPOSITORY,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  expect(made).toMatchObject({ status: 0, stderr: '' });
  // To make them again: node test/openapi/make-client-types.js test/openapi/every-app.json > test/openapi/every-app-types.ts
  expect(made.stdout).toBe(readFileSync(join(REPOSITORY, 'test/openapi/every-app-types.ts'), 'utf8'));
});

describe.each(['koa', 'rest', 'http'] as const)('%s', (name) => {
  let door: Door;
  const client = createClient<paths>({
    baseUrl: 'http://localhost',
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const body = new Uint8Array(await request.arrayBuffer());
      const reply = await door.request(pathname + search, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        ...(body.byteLength > 0 && { body }),
      });
      const text = reply.text();
      return new Response(text === '' ? null : text, {
        status: reply.status,
        headers: reply.headers as Record<string, string>,
      });
    },
  });
  beforeAll(async () => {
    door = await openDoor(app, name);
  });
  afterAll(() => door.close());

  test('reads a list by a query, and the values are typed', async () => {
    const { data, error } = await client.GET('/orders', {
      params: { query: { page: 2, color: 'red', tag: ['a', 'b'] } },
    });
    const first: components['schemas']['Order'] | undefined = data?.[0];
    expect([error, first]).toEqual([undefined, { number: 1, name: 'one', created: '1970-01-01T00:00:00.000Z' }]);
    // @ts-expect-error: there is no such color
    const refused = await client.GET('/orders', { params: { query: { color: 'blue' } } });
    expect(refused.response.status).toBe(400);
  });

  test('sends a body with a union, a list and an enum', async () => {
    const body: components['schemas']['CreateOrder'] = {
      name: 'Ada',
      email: 'ada@example.com',
      color: 'green',
      size: 'm',
      tags: ['x'],
      address: { city: 'Rome' },
      shape: { kind: 'square', side: 2 },
      quantity: 3,
      gift: false,
      level: 0,
    };
    const { data, response } = await client.POST('/orders', { body });
    const number: number | undefined = data?.number;
    expect([response.status, number]).toEqual([201, 3]);
    // @ts-expect-error: it is not a number
    const { error } = await client.POST('/orders', { body: { ...body, quantity: 'many' } });
    expect(error?.errors?.map(({ path }) => path)).toEqual(['quantity']);
  });

  test('fills in the path', async () => {
    const { data } = await client.GET('/orders/by/{color}/{level}', {
      params: { path: { color: 'red', level: 5 } },
      parseAs: 'text',
    });
    expect(data).toBe('red 5');
    // @ts-expect-error: the path needs an id
    await client.DELETE('/orders/{id}', {});
  });
});
