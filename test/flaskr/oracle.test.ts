import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { REPOSITORY, removeProjects } from '../projects.js';
import { serverKinds, type TestServer } from '../web/servers.js';
import { DEMONSTRATIONS } from './demonstrations.js';
import { expectedOf } from './differences.js';
import { buildFlaskr, type Running, startKoa, startLambda, startOracle } from './running-app.js';
import { anySequence, SEQUENCES, type Step } from './sequences.js';
import { type Asked, type Seen, Visitor } from './visitor.js';

// The app of Flask's tutorial and ours are sent the same requests. Each reply must be the same, but for the differences
// that the example's README lists.

const hasFlask = spawnSync('python3', ['-c', 'import flask']).status === 0;
const run = hasFlask ? describe : describe.skip;
if (!hasFlask) test.skip('Flask is not installed here: pip install -r test/oracle/requirements.txt', () => {});

const postgres = serverKinds.find(({ name }) => name === 'Postgres')!;
/** Each with what its database is. */
const DOORS = [
  { door: 'koa', database: 'embedded', start: (root: string) => startKoa(root) },
  {
    door: 'http',
    database: 'a Postgres server',
    start: (root: string, url: string) => startLambda(root, 'http', { DATABASE_URL: url }),
  },
] as const;

test('the README counts lines of code', () => {
  const example = join(REPOSITORY, 'examples/flaskr');
  const paths = ['src', 'test'].flatMap((folder) =>
    readdirSync(join(example, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  );
  const count = (path: string) =>
    readFileSync(join(example, path), 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .split('\n')
      .filter((line) => !/^\s*(?:\/\/.*)?$/.test(line)).length;
  const page = readFileSync(join(example, 'README.md'), 'utf8');
  const [, table] = /\n## What became([\s\S]*?)\n## /.exec(page)!;
  const rows = table!
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^\d+$/.test(cells[4] ?? ''));
  const counted = rows.map((cells) => {
    const names = [...cells[3]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
    const own = paths.filter((path) => /\.\w+$/.test(path) && names.some((name) => `/${path}`.includes(`/${name}`)));
    return own.reduce((sum, path) => sum + count(path), 0);
  });
  expect(counted).toEqual(rows.map((cells) => Number(cells[4])));
  expect(rows).toHaveLength(8);
});

/** Names of differences that were seen. */
const seen = new Set<string>();

run('the oracle', () => {
  let root: string;
  let server: TestServer | undefined;
  beforeAll(async () => {
    root = await buildFlaskr();
    server = await postgres.start?.();
  });
  afterAll(async () => {
    await server?.stop();
    removeProjects();
  });

  describe.each(DOORS)('and the door $door, on $database', ({ door, start }) => {
    if (door !== 'koa' && postgres.start === undefined) {
      test.skip(`Postgres is not installed here: apt-get install ${postgres.install}`, () => {});
      return;
    }
    let there: Running;
    let here: Running;
    beforeAll(async () => {
      [there, here] = await Promise.all([startOracle(root), start(root, server?.url ?? '')]);
    });
    afterAll(() => Promise.all([there?.stop(), here?.stop()]));

    /** How often visitors have come: their names are new each time. */
    let runs = 0;
    /** The id of the newest post, which both count the same. */
    let newest = 0;

    /** Takes the steps at both, and compares what is seen. */
    async function walk(steps: readonly Step[]): Promise<void> {
      runs += 1;
      const pairs = [0, 1].map(() => [new Visitor(there.url), new Visitor(here.url)] as const);
      for (const { visitor, ...template } of steps) {
        const asked = filledIn(template);
        const [theirs, ours] = pairs[visitor]!;
        await compare(asked, await theirs.ask(asked), await ours.ask(asked));
        const home = { path: '/' };
        if (asked.form === undefined) continue;
        const [before, after] = [await theirs.ask(home), await ours.ask(home)];
        await compare(home, before, after, asked);
        const ids = [before, after].map(({ posts }) => Number(/\d+/.exec(posts?.[0]?.edit ?? '')?.[0] ?? newest));
        expect(ids[0]).toBe(ids[1]);
        newest = Math.max(newest, ids[0]!);
      }
    }

    function filledIn({ path, form, ...rest }: Asked): Asked {
      const fill = (text: string) =>
        text
          .replace('{run}', String(runs))
          .replace('{post}', String(newest))
          .replace('{post-1}', String(newest - 1));
      const fields = Object.entries(form ?? {}).map(([name, value]) => [name, fill(value)]);
      return { ...rest, path: fill(path), ...(form !== undefined && { form: Object.fromEntries(fields) }) };
    }

    async function compare(asked: Asked, theirs: Seen, ours: Seen, after?: Asked): Promise<void> {
      const { expected, names } = expectedOf(theirs, ours, asked);
      for (const name of names) seen.add(name);
      expect({ asked, after, seen: ours }).toEqual({ asked, after, seen: expected });
    }

    test('whatever visitors do', async () => {
      await fc.assert(fc.asyncProperty(anySequence, walk), { numRuns: 12, endOnFailure: true });
    });

    test.each(Object.entries(SEQUENCES))('%s', (_name, steps) => walk(steps));

    test.each(Object.entries(DEMONSTRATIONS))('differs where it is meant to: %s', async (name, demonstrate) => {
      runs += 1;
      const visit = (url: string) => demonstrate(new Visitor(url), `demo${runs}`);
      const [theirs, ours] = [await visit(there.url), await visit(here.url)];
      expect({ there: theirs.seen, here: ours.seen }).toEqual({ there: theirs.there, here: ours.here });
      seen.add(name);
    });
  });

  test('the README lists every difference, and no other', () => {
    const page = readFileSync(join(REPOSITORY, 'examples/flaskr/README.md'), 'utf8');
    const [, table] = /## Differences\n([\s\S]*?)(?=\n## |$)/.exec(page)!;
    const rows = [...table!.matchAll(/^\| (?!---|difference)([^|]+?) \|([^|]+)\|([^|]+)\|([^|]+)\|$/gm)];
    expect(rows.map(([, name]) => name).sort()).toEqual([...seen].sort());
    for (const row of rows) expect(row.slice(2).every((cell) => cell.trim() !== '')).toBe(true);
  });
});
