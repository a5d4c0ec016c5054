import { inject } from 'twodoors/testing';
import { app } from '../src/app.js';

test('gives the method what the schema made of the body', async () => {
  const response = await inject(app, '/notes', { method: 'POST', json: { title: ' Shopping ' } });
  expect([response.status, response.json()]).toEqual([201, { title: 'Shopping', tags: [] }]);
  expect((await inject(app, '/notes')).json()).toEqual({ page: 1, notes: [{ title: 'Shopping', tags: [] }] });
});

test('refuses what the schema refuses, and names every place', async () => {
  const response = await inject(app, '/notes', { method: 'POST', json: { title: '', tags: ['a', ''] } });
  expect(response.status).toBe(400);
  const { errors } = response.json() as { errors: { in: string; path: string }[] };
  expect(errors.map(({ in: place, path }) => `${place}.${path}`)).toEqual(['body.title', 'body.tags[1]']);
});

test('checks the query by a schema too', async () => {
  expect((await inject(app, '/notes?page=0')).status).toBe(400);
});
