import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { REPOSITORY } from './projects.js';

/** Every import of every source file, as paths below `src/`; packages by their name. */
function importsOf(folder: string): { from: string; to: string; isType: boolean }[] {
  const files = readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const path = join(REPOSITORY, folder, file);
      const text = readFileSync(path, 'utf8');
      const pattern =
        /^(?:import|export)\b(\s+type\b)?[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;
      return [...text.matchAll(pattern)].map((match) => {
        const target = (match[2] ?? match[3] ?? match[4])!;
        const to = target.startsWith('.')
          ? relative(join(REPOSITORY, 'src'), resolve(dirname(path), target)).replace(/\.js$/, '.ts')
          : target;
        return { from: relative(join(REPOSITORY, 'src'), path), to, isType: match[1] !== undefined };
      });
    });
}

const imports = importsOf('src');

/** The dispatchers of the house, and what each may import beside itself. The types of `app.ts` are for all. */
const MAY_IMPORT: Record<string, string[]> = {
  'runtime/http': [],
  'runtime/declarations': ['runtime/http', 'runtime/routes'],
  'runtime/types': ['runtime/declarations'],
  'runtime/decorators': ['runtime/declarations', 'runtime/http', 'runtime/link'],
  'runtime/routes': ['runtime/declarations', 'runtime/http'],
  'runtime/link': ['runtime/routes', 'runtime/declarations', 'runtime/http', 'runtime/types', 'runtime/startup-error'],
  'runtime/dispatch': ['runtime/link', 'runtime/routes', 'runtime/http'],
  'runtime/views': [],
  'runtime/koa': [
    'runtime/dispatch',
    'runtime/declarations',
    'runtime/routes',
    'runtime/http',
    'runtime/startup-error',
  ],
  'runtime/lambda': ['runtime/dispatch', 'runtime/http', 'runtime/startup-error'],
  'runtime/gateways': [],
  'runtime/testing': ['runtime/koa', 'runtime/lambda', 'runtime/gateways', 'runtime/http'],
};

const isBelow = (path: string, place: string) => path === `${place}.ts` || path.startsWith(`${place}/`);

test('the check sees imports', () => {
  expect(imports.length).toBeGreaterThan(100);
});

test.each(Object.entries(MAY_IMPORT))('%s imports only %j', (dispatcher, allowed) => {
  const broken = imports.filter(
    ({ from, to, isType }) =>
      isBelow(from, dispatcher) &&
      to.startsWith('runtime/') &&
      !isBelow(to, dispatcher) &&
      !allowed.some((place) => isBelow(to, place)) &&
      !(isType && ['runtime/app.ts', 'runtime/views/view-engine.ts'].includes(to)),
  );
  expect(broken).toEqual([]);
});

test('only reflect.ts, and what stands in for reflect-metadata in a bundle, knows Reflect', () => {
  const knows = readdirSync(join(REPOSITORY, 'src/runtime'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => /\bReflect\.|reflect-metadata/.test(readFileSync(join(REPOSITORY, 'src/runtime', file), 'utf8')));
  expect(knows.sort()).toEqual(['declarations/reflect-slim.ts', 'declarations/reflect.ts']);
});

test('nothing under runtime/ imports controllers, the CLI, tests or bench', () => {
  expect(
    imports.filter(
      ({ from, to }) =>
        from.startsWith('runtime/') && /^(?:controllers\/|cli\/|app\.ts|\.\.\/(?:test|bench)\/)/.test(to),
    ),
  ).toEqual([]);
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

test('nothing that the Lambda door reaches is Koa, the CLI, OpenAPI or testing', () => {
  const reached = [...reachedFrom('runtime/lambda/index.ts'), ...reachedFrom('runtime/index.ts')];
  expect(
    reached.filter((file) =>
      /^(?:koa|@koa\/router|commander|rolldown|nunjucks|class-validator)$|^runtime\/(?:koa|testing|openapi)\/|^cli\//.test(
        file,
      ),
    ),
  ).toEqual([]);
});

test('the app imports the framework by its package name', () => {
  const ofApp = imports.filter(({ from }) => /^(?:app|bootstrap-|controllers\/)/.test(from));
  expect(ofApp.length).toBeGreaterThan(3);
  expect(ofApp.filter(({ to }) => to.startsWith('runtime/'))).toEqual([]);
});

test('no file holds more than one noun can fill', () => {
  const long = readdirSync(join(REPOSITORY, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file, readFileSync(join(REPOSITORY, 'src', file), 'utf8').split('\n').length] as const)
    .filter(([, lines]) => lines > 330);
  expect(long).toEqual([]);
});
