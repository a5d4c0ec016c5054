import type { HttpRequest } from 'twodoors';
import { auth, basicAuth, bearer, currentUser, login, session } from 'twodoors/auth';
import type { TestClient } from 'twodoors/testing';
// It says what the users of the tests' app are.
import './sign-in-app.js';

const RIGHT = { issuer: 'i', audience: 'a', jwks: 'https://i.example' } as const;

// What must not compile does not: the compiler reads this function, and nothing calls it.
async function signatures(request: HttpRequest): Promise<void> {
  login(request, 1);
  login(request, 1, { remember: true });
  login(request, 1, { remember: 3600 });
  // @ts-expect-error the id is loadUser's
  login(request, '1');
  // @ts-expect-error a lifetime is a number of seconds
  login(request, 1, { remember: '1h' });

  const user = await currentUser(request);
  user?.name.toUpperCase();
  // @ts-expect-error nobody may have signed in
  user.name;
  // @ts-expect-error the user is loadUser's
  user?.age;

  auth({ loadUser: async (id: number) => (id === 1 ? { id } : null) });
  auth({ loadUser: (id: number, of: HttpRequest) => ({ id, path: of.path }), identify: session });
  auth({ loadUser: (id: string) => ({ id }), identify: [session, bearer(RIGHT)] });
  auth({ loadUser: (id: number) => ({ id }), identify: bearer({ ...RIGHT, userId: ({ sub }) => Number(sub) }) });
  auth({ loadUser: (id: number) => ({ id }), identify: [basicAuth({ verify: () => 1 }), async () => undefined] });
  auth({ loadUser: (id: string) => ({ id }), identify: basicAuth({ verify: (name) => name === 'x' && name }) });
  // @ts-expect-error loadUser is needed
  auth({ loginUrl: '/login' });
  // @ts-expect-error an id is a number or a text
  auth({ loadUser: (id: Date) => ({ id }) });
  // @ts-expect-error a user is an object
  auth({ loadUser: (id: number) => `user ${id}` });
  // @ts-expect-error the subject of a token is a text
  auth({ loadUser: (id: number) => ({ id }), identify: bearer(RIGHT) });
  // @ts-expect-error the id that verify gives is loadUser's
  auth({ loadUser: (id: number) => ({ id }), identify: basicAuth({ verify: (name) => name }) });
  // @ts-expect-error and that of a function
  auth({ loadUser: (id: number) => ({ id }), identify: () => 'x' });

  bearer({ issuer: () => process.env['ISSUER'], audience: false, secret: () => [process.env['SECRET']] });
  bearer({ ...RIGHT, algorithms: ['ES256'] });
  // @ts-expect-error keys and a secret
  bearer({ ...RIGHT, secret: 'x' });
  // @ts-expect-error neither
  bearer({ issuer: 'i', audience: 'a' });
  // @ts-expect-error whom tokens are for must be said
  bearer({ issuer: 'i', jwks: 'https://i.example' });
  // @ts-expect-error an algorithm of secrets
  bearer({ ...RIGHT, algorithms: ['HS256'] });
  // @ts-expect-error never unsigned
  bearer({ ...RIGHT, algorithms: ['none'] });
}

async function signaturesOfClient(client: TestClient): Promise<void> {
  const same: TestClient = await client.as(1);
  // @ts-expect-error the id is loadUser's
  await same.as('1');
  const file = { filename: 'a.txt', content: 'x' };
  const page = await client.submit('Save', { A: 'x', B: 1, C: true, D: file, E: [file, file], F: ['a', 'b'] });
  page.url.toUpperCase();
  // @ts-expect-error a date is typed as text
  await client.submit('Save', { A: new Date() });
  // @ts-expect-error a file has content
  await client.submit('Save', { A: { filename: 'a.txt' } });
  // @ts-expect-error a button is named
  await client.submit();
  await client.request('/', { followRedirects: false, multipart: { a: '1', b: [file] } });
  // @ts-expect-error a number is not text
  await client.request('/', { multipart: { a: 1 } });
  await client.changeSession((session) => {
    session['n'] = 1;
  });
  // @ts-expect-error it is changed by a function
  await client.changeSession({ n: 1 });
}

test('the signatures are checked by the compiler', () => {
  expect([signatures, signaturesOfClient]).toHaveLength(2);
});
