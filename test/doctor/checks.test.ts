import { findNodeMistake } from '../../src/cli/doctor/check-node.js';
import { findTypeImports } from '../../src/cli/doctor/check-type-imports.js';
import { findOptionMistakes } from '../../src/cli/doctor/check-typescript.js';
import { isInVersionRange } from '../../src/cli/doctor/version-range.js';

test.each([
  ['20.18.3', 'error'],
  ['20.19.0', 'ok'],
  ['21.7.0', 'error'],
  ['22.11.0', 'error'],
  ['22.12.0', 'ok'],
  ['24.0.0', 'ok'],
])('Node.js %s is %s', (version, level) => {
  expect(findNodeMistake(version).level).toBe(level);
});

test.each([
  ['5.0.0', '^5.0.0', true],
  ['5.9.1', '^5.0.0', true],
  ['6.0.0', '^5.0.0', false],
  ['4.9.9', '^5.0.0', false],
  ['0.14.9', '^0.14.0 || ^0.15.0', true],
  ['0.15.1', '^0.14.0 || ^0.15.0', true],
  ['0.16.0', '^0.14.0 || ^0.15.0', false],
  ['0.0.3', '^0.0.3', true],
  ['0.0.4', '^0.0.3', false],
  ['7.0.2', '>=5.4.0', true],
  ['5.3.9', '>=5.4.0', false],
  ['6.0.0-beta.1', '^6.0.0', true],
])('%s in %s: %s', (version, range, isIn) => {
  expect(isInVersionRange(version, range)).toBe(isIn);
});

const GOOD = { experimentalDecorators: true, emitDecoratorMetadata: true, module: 'nodenext', strict: true };

test.each<[string, Record<string, unknown>, [string, RegExp][]]>([
  ['those of twodoors new are good', GOOD, []],
  ['a bundler resolves the exports too', { ...GOOD, module: 'esnext', moduleResolution: 'bundler' }, []],
  ['strict in parts is enough', { ...GOOD, strict: false, strictNullChecks: true }, []],
  [
    'none at all',
    {},
    [
      ['error', /experimental/],
      ['error', /emit/],
      ['warning', /strict/],
    ],
  ],
  ['the old resolution reads "typesVersions"', { ...GOOD, moduleResolution: 'node10' }, []],
  ['CommonJS without a resolution', { ...GOOD, module: 'commonjs' }, []],
  ['the oldest resolution', { ...GOOD, moduleResolution: 'classic' }, [['error', /classic/]]],
])('compiler options: %s', (_name, options, expected) => {
  expect(findOptionMistakes(options).map(({ level, message }) => [level, message])).toEqual(
    expected.map(([level, message]) => [level, expect.stringMatching(message)]),
  );
});

test.each([
  ['5.9.3', ['error']],
  ['6.0.0', []],
])('ES modules without a resolution in TypeScript %s: %j', (version, levels) => {
  expect(findOptionMistakes({ ...GOOD, module: 'esnext' }, version).map(({ level }) => level)).toEqual(levels);
});

const TODO = "import type { Todo } from './todo.js';\n";

test.each([
  ['import type', `${TODO}class A { @Post() add(@Body() todo: Todo) {} }`, ['Todo']],
  ['import { type }', "import { type Todo, x } from './todo.js'; class A { add(@Body() todo: Todo) {} }", ['Todo']],
  ['a renamed one', "import { type T as Todo } from './todo.js'; class A { add(@Body() todo: Todo) {} }", ['Todo']],
  ['a default import', "import type Todo from './todo.js'; class A { add(@Query() todo: Todo) {} }", ['Todo']],
  ['with options', `${TODO}class A { add(@Body({ trim: true }) todo: Todo) {} }`, ['Todo']],
  ['with a name', `${TODO}class A { add(@Query('todo') todo: Todo) {} }`, ['Todo']],
  ['once for several', `${TODO}class A { add(@Body() a: Todo) {} put(@Body() b: Todo) {} }`, ['Todo']],
  ['a value import', "import { Todo } from './todo.js'; class A { add(@Body() todo: Todo) {} }", []],
  ['a schema tells the type', `${TODO}class A { add(@Body(schema) todo: Todo) {} }`, []],
  ['a type beside a name tells it', `${TODO}class A { add(@Query('todo', String) todo: Todo) {} }`, []],
  ['a result', `${TODO}class A { show(@Param('id') id: number): Todo {} }`, []],
  ['the request is no DTO', "import type { HttpRequest } from 'twodoors'; class A { a(@Req() r: HttpRequest) {} }", []],
])('type imports: %s', (_name, text, names) => {
  expect(findTypeImports({ path: 'src/a.ts', text }).map(({ message }) => message)).toEqual(
    names.map((name) => `src/a.ts imports ${name} as a type, so that it is unknown at run time.`),
  );
});
