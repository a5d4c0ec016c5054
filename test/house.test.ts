/**
 * The rules of the house: who may import whom, how large files, folders and functions may be, what files are called,
 * and which phrases nothing says. They are read from the syntax tree, type imports included.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCircles, REPOSITORY, readSourceFiles, type SourceFile } from './source-files.js';

const files = readSourceFiles('src');
const imports = files.flatMap((file) => file.imports);

/**
 * What stands on what, from the ground up: each part of the runtime with the parts that it may import beside itself.
 * Declarations and routes are one floor: a declaration holds its parsed path, a table of routes holds declarations.
 * Every part may import identity, which knows the copies of twodoors.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'runtime/identity': [],
  'runtime/http': [],
  'runtime/declarations': ['runtime/http', 'runtime/routes'],
  'runtime/types': ['runtime/http', 'runtime/declarations'],
  'runtime/routes': ['runtime/http'],
  'runtime/startup-error': ['runtime/declarations'],
  'runtime/plan': ['runtime/http', 'runtime/declarations', 'runtime/types', 'runtime/routes', 'runtime/startup-error'],
  'runtime/link': [
    'runtime/plan',
    'runtime/http',
    'runtime/declarations',
    'runtime/types',
    'runtime/routes',
    'runtime/startup-error',
  ],
  // It runs on the plan: what parses and orders paths stays out of what finds them.
  'runtime/link/matching': ['runtime/plan/app-plan', 'runtime/link/route', 'runtime/http'],
  'runtime/decorators': ['runtime/http', 'runtime/declarations'],
  'runtime/dispatch': [
    'runtime/http',
    'runtime/link',
    'runtime/files',
    'runtime/startup-error',
    'runtime/declarations/named-routes',
    'runtime/declarations/class',
    'runtime/openapi/serve/api-routes.lazy',
  ],
  'runtime/openapi': [
    'runtime/http',
    'runtime/declarations',
    'runtime/decorators',
    'runtime/types',
    'runtime/routes',
    'runtime/plan',
  ],
  // Public files are matched beside the routes of an app, so that the dispatcher stands on both.
  'runtime/files': [
    'runtime/http',
    'runtime/declarations',
    'runtime/link/matching',
    'runtime/link/route-table',
    'runtime/dispatch/path-prefix',
    'runtime/web/view-values',
  ],
  'runtime/web': ['runtime/http', 'runtime/declarations', 'runtime/decorators', 'runtime/dispatch'],
  'runtime/middleware': ['runtime/http', 'runtime/declarations', 'runtime/dispatch', 'runtime/web'],
  'runtime/recorders': ['runtime/declarations/calls/constant-classes'],
  'runtime/views': ['runtime/http', 'runtime/web/view-values', 'runtime/web/flashed-messages', 'runtime/web/urls'],
  'runtime/event-sources': [],
  'runtime/koa': [
    'runtime/http',
    'runtime/declarations',
    'runtime/link/matching',
    'runtime/link/route',
    'runtime/dispatch',
    'runtime/startup-error',
  ],
  'runtime/lambda': ['runtime/http', 'runtime/dispatch', 'runtime/startup-error', 'runtime/event-sources'],
  'runtime/gateways': ['runtime/event-sources'],
  'runtime/testing': [
    'runtime/http',
    'runtime/koa',
    'runtime/lambda',
    'runtime/gateways',
    'runtime/event-sources',
    'runtime/web',
    // A test reads and changes sessions by the middleware of the app.
    'runtime/declarations/records/middleware-role',
    'runtime/dispatch/exchange',
    'runtime/dispatch/dispatcher',
  ],
};

/** Types of these are for all: what an app is, and what renders its views. */
const TYPES_FOR_ALL = ['runtime/app.ts', 'runtime/views/view-engine.ts'];

const isBelow = (path: string, place: string) => path === `${place}.ts` || path.startsWith(`${place}/`);

test('the parser sees what the rules are about', () => {
  expect(files.length).toBeGreaterThan(150);
  expect(imports.length).toBeGreaterThan(500);
  expect(imports.some(({ isType }) => isType)).toBe(true);
  expect(files.flatMap((file) => file.functions).length).toBeGreaterThan(500);
  const app = files.find(({ path }) => path === 'runtime/app.ts')!;
  expect(app.exports).toEqual(expect.arrayContaining(['App', 'AppOptions', 'defineApp']));
  expect(app.functions).toContainEqual({ name: 'defineApp', lines: expect.any(Number) });
});

describe('imports', () => {
  test('every file of the runtime belongs to a part with a rule', () => {
    const parts = [...Object.keys(MAY_IMPORT), 'runtime/index', 'runtime/app'];
    const loose = files.filter(
      ({ path }) => path.startsWith('runtime/') && !parts.some((place) => isBelow(path, place)),
    );
    expect(loose.map(({ path }) => path)).toEqual([]);
  });

  test.each(Object.entries(MAY_IMPORT))('%s imports only %j', (part, allowed) => {
    const broken = imports.filter(
      ({ from, to, isType }) =>
        isBelow(from, part) &&
        to.startsWith('runtime/') &&
        ![part, 'runtime/identity', ...allowed].some((place) => isBelow(to, place)) &&
        !(isType && TYPES_FOR_ALL.includes(to)),
    );
    expect(broken).toEqual([]);
  });

  test('nothing under runtime/ imports controllers, the CLI, the app, tests or bench', () => {
    const outside = /^(?:controllers|cli)\/|^(?:app|bootstrap-\w+)\.ts$|^\.\.\//;
    expect(imports.filter(({ from, to }) => from.startsWith('runtime/') && outside.test(to))).toEqual([]);
  });

  test('no file reaches itself through what it imports, types included', () => {
    expect(findCircles(files)).toEqual([]);
  });

  test('a circle is found, and shown as the way around', () => {
    const file = (path: string, ...targets: string[]) =>
      ({ path, imports: targets.map((to) => ({ from: path, to, isType: true })) }) as unknown as SourceFile;
    const circle = [file('a.ts', 'b.ts'), file('b.ts', 'x.ts', 'c.ts'), file('c.ts', 'a.ts'), file('x.ts', 'node:fs')];
    expect(findCircles(circle)).toEqual([['a.ts', 'b.ts', 'c.ts']]);
    expect(findCircles([file('a.ts', 'a.ts')])).toEqual([['a.ts']]);
  });

  test('neither door reaches the other, and no door reaches the CLI or the testing kit', () => {
    expect([...reachedFrom('runtime/koa/index.ts')].filter((path) => /^(?:runtime\/lambda|cli)\//.test(path))).toEqual(
      [],
    );
    const byLambda = [...reachedFrom('runtime/lambda/index.ts'), ...reachedFrom('runtime/index.ts')];
    const foreign =
      /^(?:koa|@koa\/router|commander|rolldown|nunjucks|class-validator)$|^runtime\/(?:koa|testing)\/|^cli\//;
    expect(byLambda.filter((path) => foreign.test(path))).toEqual([]);
    // A build leaves it out of bundles whose apps serve no document.
    const toOpenApi = imports.filter(
      ({ from, to, isType }) => !isType && /^runtime\/openapi\//.test(to) && /^runtime\/(?!openapi\/)/.test(from),
    );
    expect(toOpenApi.map(({ from, to }) => [from, to])).toEqual([
      ['runtime/dispatch/dispatcher.ts', 'runtime/openapi/serve/api-routes.lazy.ts'],
    ]);
  });

  test('only the files of declarations/reflect/ know Reflect and reflect-metadata', () => {
    const knowing = files.filter(
      ({ path, text }) => path.startsWith('runtime/') && /\bReflect\.|reflect-metadata/.test(text),
    );
    expect(knowing.map(({ path }) => path)).toEqual([
      'runtime/declarations/reflect/reflect-global.ts',
      'runtime/declarations/reflect/reflect-slim.ts',
      'runtime/declarations/reflect/reflect.ts',
    ]);
  });

  test('the app imports the framework by its package name', () => {
    const ofApp = imports.filter(({ from }) => /^(?:app|bootstrap-|controllers\/)/.test(from));
    expect(ofApp.length).toBeGreaterThan(3);
    expect(ofApp.filter(({ to }) => to.startsWith('runtime/'))).toEqual([]);
  });
});

/** All that is reached from a file at run time. */
function reachedFrom(entry: string): Set<string> {
  const reached = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { from, to, isType } of imports) if (from === file && !isType) visit(to);
  };
  visit(entry);
  return reached;
}

describe('sizes', () => {
  test('a folder has at most 18 files side by side', () => {
    const sizes = new Map<string, number>();
    for (const { folder } of files) sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
    const large = [...sizes].filter(([, size]) => size > 18);
    expect(large).toEqual([]);
  });

  test('a file has at most 300 lines', () => {
    const long = files.filter(({ lines }) => lines > 300);
    expect(long.map(({ path, lines }) => `${path} ${lines}`)).toEqual([]);
  });

  test('a function has at most 60 lines', () => {
    const long = files.flatMap(({ path, functions }) =>
      functions.filter(({ lines }) => lines > 60).map(({ name, lines }) => `${path} ${name} ${lines}`),
    );
    expect(long).toEqual([]);
  });
});

describe('names', () => {
  test('a file name is in kebab case', () => {
    // Those of the example app are what users of Nest know: home.controller.ts.
    const odd = files.filter(({ base }) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:controller|d|lazy))?$/.test(base));
    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  test('a file that loads another one on first use has the form that bundles know', () => {
    const lazy = files.filter(({ base }) => base.endsWith('.lazy'));
    expect(lazy.length).toBeGreaterThan(4);
    const form =
      /^import \* as module from '\.\/([a-z-]+)\.js';\n\n\/\*\* [^\n]+ \*\/\nexport const load[A-Za-z]+ = \(\) => module;\n$/;
    for (const { path, base, text } of lazy) {
      expect([path, form.exec(text)?.[1]]).toEqual([path, base.slice(0, -'.lazy'.length)]);
    }
  });

  test('no file is called after a drawer', () => {
    const vague = files.filter(({ base }) =>
      /(?:^|[-.])(?:utils?|helpers?|common|managers?|base)(?:$|[-.])/.test(base),
    );
    expect(vague.map(({ path }) => path)).toEqual([]);
  });

  /** Files that hold a family, and are called after what its members have in common. */
  const FAMILIES: Record<string, string> = {
    'class-validator-metadata': 'what class-validator keeps of its decorators',
    hcl: 'what HCL, the language of Terraform, is written with',
    'named-sources': 'the sources of named values',
    'payload-v2': 'the payload format 2.0 of AWS',
    percent: 'the percent encodings of targets',
    reflect: 'all that knows Reflect',
    replies: 'the decorators of replies',
  };

  test('a file is called after what it exports; one word of several may be of its own', () => {
    const misnamed = files.filter(({ folder, base, exports }) => {
      if (exports.length === 0 || base === 'index' || base.startsWith('bootstrap-') || base in FAMILIES) return false;
      // Each file of commands/ exports its command, under that name.
      if (exports.some((name) => folder.endsWith(`/${name}s`))) return false;
      const said = new Set([...exports, folder].flatMap(wordsOf).map(stemOf));
      const words = wordsOf(base);
      const own = words.filter((word) => !said.has(stemOf(word)));
      return own.length > (words.length > 1 ? 1 : 0);
    });
    expect(misnamed.map(({ path, exports }) => `${path} exports ${exports.join(', ')}`)).toEqual([]);
  });

  test('an index only re-exports', () => {
    const own = files.filter(({ base, functions }) => base === 'index' && functions.length > 0);
    expect(own.map(({ path }) => path)).toEqual([]);
  });
});

/** The words of a name in any case: `toV2Event`, `http-errors`, `MAX_BODY`. */
function wordsOf(name: string): string[] {
  const parted = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2');
  return parted
    .toLowerCase()
    .split(/[-_./]/)
    .filter((word) => word !== '');
}

/** What the forms of a word have in common: reply and replies, chunk and chunked, summary and summarise. */
function stemOf(word: string): string {
  return word.slice(0, 4).replace(/(?<=..)[sy]$/, '');
}

describe('English', () => {
  const PHRASES = ['is none', 'told apart', 'asks for it', 'leaves nothing at run time'];

  const pages = ['README.md', 'CHANGELOG.md', ...readdirSync(join(REPOSITORY, 'docs')).map((name) => `docs/${name}`)]
    .filter((name) => name.endsWith('.md'))
    .map((path) => ({ path, text: readFileSync(join(REPOSITORY, path), 'utf8') }));
  const sources = files.map(({ path, text }) => ({ path: `src/${path}`, text }));

  test.each(PHRASES)('nothing says "%s"', (phrase) => {
    const saying = [...sources, ...pages].filter(({ text }) => flatten(text).includes(phrase));
    expect(saying.map(({ path }) => path)).toEqual([]);
  });

  test('a phrase is found across the lines of a comment', () => {
    expect(flatten('/**\n * A port which\n * is  none.\n */')).toContain('which is none');
  });
});

/** A text as one line, without what begins the lines of comments and quotes. */
function flatten(text: string): string {
  return text.replace(/\s*\n\s*(?:\*|\/\/|>|-)?\s*/g, ' ').replace(/\s+/g, ' ');
}

describe('tests', () => {
  /** They are slow by the number of requests that they make up. */
  const GENERATED = /^(?:parity|openapi\/truth)\//;

  test('the fast tests start no process and build no bundle, and all others but those with generated requests do', async () => {
    const tests = readSourceFiles('test');
    const byPath = new Map(tests.map((file) => [file.path, file]));
    const reaches = (path: string, seen = new Set<string>()): boolean => {
      // playwright-core starts the browser.
      if (path === 'node:child_process' || path === 'playwright-core') return true;
      if (seen.has(path)) return false;
      seen.add(path);
      return (byPath.get(path)?.imports ?? []).some(({ to, isType }) => !isType && reaches(to, seen));
    };
    const { default: fast }: { default: { testPathIgnorePatterns: string[] } } = await import(
      join(REPOSITORY, 'jest.fast.config.js')
    );
    const isSlow = (path: string) => fast.testPathIgnorePatterns.some((each) => new RegExp(each).test(`/test/${path}`));
    const wrong = tests
      .map(({ path }) => path)
      .filter((path) => path.endsWith('.test.ts') && !GENERATED.test(path))
      .filter((path) => reaches(path) !== isSlow(path));
    expect(wrong).toEqual([]);
  });

  test('those that start first exist', async () => {
    const { LONGEST }: { LONGEST: string[] } = await import(join(REPOSITORY, 'test/longest-first.js'));
    expect(LONGEST.filter((path) => !existsSync(join(REPOSITORY, path)))).toEqual([]);
    expect(new Set(LONGEST).size).toBe(LONGEST.length);
  });
});
