import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type DoorName, doorNames } from 'twodoors/testing';
import { removeProjects } from '../projects.js';
import { serverKinds, type TestServer } from '../web/servers.js';
import { buildFlaskr, LOG, type Running, startKoa, startLambda } from './running-app.js';
import { Visitor } from './visitor.js';

// Flaskr as it would run: the built server and the built function, on one Postgres.

const postgres = serverKinds.find(({ name }) => name === 'Postgres')!;
const run = postgres.start === undefined ? describe.skip : describe;
if (postgres.start === undefined) {
  test.skip(`Postgres is not installed here: apt-get install ${postgres.install}`, () => {});
}

const gateways = doorNames.filter((name): name is Exclude<DoorName, 'koa'> => name !== 'koa');

let root: string;
beforeAll(async () => {
  root = await buildFlaskr();
});
afterAll(removeProjects);

const credentials = (username: string) => ({ username, password: 'pw' });

test('the zip has no embedded database', () => {
  const names = execFileSync('unzip', ['-Z1', join(root, 'build/lambda.zip')], { encoding: 'utf8' });
  expect(names).toContain('index.js\n');
  expect(names).not.toMatch(/pglite|\.wasm|\.data\b/);
});

test('a function without the URL of a database says so', async () => {
  const lambda = await startLambda(root, 'http', {});
  const visitor = new Visitor(lambda.url);
  expect((await visitor.ask({ path: '/' })).status).toBe(500);
  await lambda.stop();
  expect(readFileSync(join(root, LOG), 'utf8')).toContain('DATABASE_URL is missing. A function keeps no files');
});

run('one Postgres', () => {
  let server: TestServer;
  let env: { DATABASE_URL: string };
  let client: pg.Client;
  beforeAll(async () => {
    server = await postgres.start!();
    env = { DATABASE_URL: server.url };
    client = new pg.Client(server.url);
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await server?.stop();
  });

  test('both doors at once: 200 sign-ups with 20 names make 20 users, and no post is lost', async () => {
    // Both start with an empty database, and the function starts several times.
    const doors = await Promise.all([startKoa(root, env), startLambda(root, 'http', env, 8)]);
    const names = Array.from({ length: 20 }, (_, i) => `user${i}`);
    // Every name is tried ten times, at both doors in the same moment.
    const signUps = await throttled(
      Array.from({ length: 200 }, (_, i) => () => signUp(doors[i % 2]!, names[Math.floor(i / 2) % 20]!)),
      8,
    );
    expect(signUps.filter(({ status }) => status === 303)).toHaveLength(20);
    expect(signUps.filter(({ status, messages }) => status === 422 && /already/.test(messages![0]!))).toHaveLength(180);
    const users = await client.query('SELECT username FROM users ORDER BY username');
    expect(users.rows.map(({ username }) => username)).toEqual([...names].sort());

    const titles = names.flatMap((name) => [0, 1, 2, 3, 4].map((n) => ({ name, title: `${name}, ${n}` })));
    const written = await throttled(
      titles.map(({ name, title }, i) => async () => {
        const visitor = new Visitor(doors[i % 2]!.url);
        await visitor.fetch({ path: '/auth/login', form: credentials(name) });
        return (await visitor.fetch({ path: '/create', form: { title, body: '' } })).status;
      }),
      8,
    );
    expect(new Set(written)).toEqual(new Set([303]));
    const posts = await client.query<{ title: string }>('SELECT title FROM posts JOIN users ON users.id = author_id');
    expect(posts.rows.map(({ title }) => title).sort()).toEqual(titles.map(({ title }) => title).sort());
    // A post of one door is there at the other.
    for (const { url } of doors) expect((await new Visitor(url).ask({ path: '/' })).posts).toHaveLength(100);
    await Promise.all(doors.map((door) => door.stop()));
  });

  test('a function instance has one connection, and gives it back', async () => {
    const lambda = await startLambda(root, 'http', env, 3);
    const visits = Array.from({ length: 30 }, () => new Visitor(lambda.url).ask({ path: '/' }));
    const replies = await Promise.all(visits);
    expect(replies.some(({ status }) => status === 200)).toBe(true);
    expect(await connections()).toBeLessThanOrEqual(3);
    await lambda.stop();
    expect(await connections()).toBe(0);
  });

  async function connections(): Promise<number> {
    const { rows } = await client.query(
      'SELECT count(*)::int AS count FROM pg_stat_activity WHERE client_port IS NOT NULL AND pid <> pg_backend_pid()',
    );
    return rows[0].count;
  }

  test.each(gateways)('the built function behind the gateway %s', async (gateway) => {
    const lambda = await startLambda(root, gateway, env);
    const visitor = new Visitor(lambda.url);
    const name = `behind ${gateway}`;
    expect(await signUp(lambda, name)).toMatchObject({ status: 303, location: '/auth/login' });
    expect((await visitor.ask({ path: '/create' })).location).toBe('/auth/login?next=%2Fcreate');
    await visitor.ask({ path: '/auth/login', form: credentials(name) });
    const page = await visitor.fetch({ path: '/create', form: { title: `Über ${gateway}`, body: 'ä + b & c=%20' } });
    expect([page.status, page.headers.get('location')]).toEqual([303, '/']);
    const { posts, messages, user } = await visitor.ask({ path: '/?q=%C3%BCber' });
    expect({ user, messages, post: posts![0] }).toMatchObject({
      user: name,
      messages: ['Published.'],
      post: { title: `Über ${gateway}`, author: name, body: 'ä + b & c=%20' },
    });
    const bytes = Buffer.from('89504e470d0a1a0a00ff80fe', 'hex');
    const form = new FormData();
    form.set('title', 'Pixels');
    form.set('body', '');
    form.set('image', new Blob([bytes], { type: 'text/plain' }), 'a.txt');
    expect((await visitor.send('/create', form)).status).toBe(303);
    const [pixels] = (await visitor.ask({ path: '/' })).posts!;
    const image = await visitor.fetch({ path: pixels!.edit!.replace('update', 'image') });
    expect([image.headers.get('content-type'), Buffer.from(await image.arrayBuffer())]).toEqual(['image/png', bytes]);
    const csv = await visitor.fetch({ path: '/posts.csv?q=pixels' });
    expect(await csv.text()).toContain('"Pixels"');
    await lambda.stop();
  });
});

const signUp = (door: Running, name: string) =>
  new Visitor(door.url).ask({ path: '/auth/register', form: credentials(name) });

/** Runs so many at once, and resolves with what each gives. */
async function throttled<T>(tasks: readonly (() => Promise<T>)[], atOnce: number): Promise<T[]> {
  const results: T[] = [];
  const queue = tasks.entries();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [i, task] of queue) results[i] = await task();
    }),
  );
  return results;
}
