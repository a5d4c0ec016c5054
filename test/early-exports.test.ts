import { exportEarly, importEarly } from '../src/cli/bundle/files/early-exports.js';
import { makeExportsPlain } from '../src/cli/bundle/files/plain-exports.js';
import { makeNamespacesPlain } from '../src/cli/bundle/files/plain-namespaces.js';
import { makeStringsPlain } from '../src/cli/bundle/files/plain-strings.js';
import { requireAtOnce } from '../src/cli/bundle/files/required-at-once.js';

/** What an entry exports early, and at its end. */
function exportedBy(code: string, own: readonly string[] = []): unknown {
  const early = exportEarly(`"use strict";${code}`, new Set(own))!;
  const module = { exports: {} as Record<string, unknown> };
  new Function('module', 'exports', early)(module, module.exports);
  const { $early, ...others } = module.exports;
  return { early: { ...($early as () => object)() }, others };
}

test.each<[rule: string, code: string, early: object]>([
  ['names', 'let a=1,b=2;exports.A=a,exports.B=b;', { A: 1, B: 2 }],
  ['numbers that were put in place of a name', 'let a=1;exports.A=a,exports.B=1048576;', { A: 1, B: 1048576 }],
  [
    'texts that were put in place of a name',
    'let a=1;exports.A=a,exports.B=`multipart/form-data`,exports.C="x",exports.D=\'y\',exports.E=a;',
    { A: 1, B: 'multipart/form-data', C: 'x', D: 'y', E: 1 },
  ],
  ['constants of other forms', 'let a=1;exports.A=a,exports.B=!0,exports.C=-1;', { A: 1, B: true, C: -1 }],
  [
    'variables that may change',
    'let a=1;exports.A=a,Object.defineProperty(exports,"B",{enumerable:!0,get:function(){return a}});',
    { A: 1, B: 1 },
  ],
])('files on demand use %s before the entry has ended', (_rule, code, early) => {
  expect(exportedBy(code)).toEqual({ early, others: {} });
});

test.each(['function e(){return f()}', '()=>f()'])('so is a function that was put in place of a name: %s', (text) => {
  const { early } = exportedBy(`let b=2;function f(){return b}exports.A=b,exports.F=${text};`) as {
    early: { A: number; F: () => number };
  };
  expect([early.A, early.F()]).toEqual([2, 2]);
});

test('a function that the app exports is the same one for files on demand', () => {
  const code = '"use strict";let a=1;exports.A=a,exports.handler=function e(){return a};';
  const module = { exports: {} as Record<string, unknown> };
  new Function('module', 'exports', exportEarly(code, new Set(['handler']))!)(module, module.exports);
  const { handler, $early } = module.exports;
  expect(($early as () => Record<string, unknown>)()['handler']).toBe(handler);
});

test('what the app exports stays as it is', () => {
  expect(exportedBy('let a=1;exports.handler=a,exports.A=a;', ['handler'])).toEqual({
    early: { handler: 1, A: 1 },
    others: { handler: 1 },
  });
});

test('a file on demand asks the entry for them', () => {
  expect(importEarly('const e=require("./index.js");', 'index.js')).toBe('const e=require("./index.js").$early();');
});

const HELPERS = 'const e=require("./rolldown-runtime.js"),t=1;';

test.each<[rule: string, code: string, isNeeded: boolean]>([
  ['to name functions alone', 'function a(){}e.r(a,`first`);function b(){}t,e.r(b,`second`);', false],
  ['for the namespace of functions alone', 'function a(){}var n=e.n({a:()=>a},1);', false],
  ['to name a class', 'var A=class{};e.r(A,`First`);', true],
  ['for a package in CommonJS', 'function a(){}e.r(a,`first`);var p=e.i(q());', true],
])(
  'a file does without the helpers of the bundler where it has them %s: it keeps its length',
  (_rule, code, isNeeded) => {
    const plain = makeNamespacesPlain(HELPERS + code);
    expect(plain).toHaveLength(HELPERS.length + code.length);
    expect(plain.includes('require')).toBe(isNeeded);
    expect(plain).not.toContain('e.r(a,');
    expect(() => new Function(plain)).not.toThrow();
  },
);

const getter = (name: string) =>
  `Object.defineProperty(exports,"${name}",{enumerable:!0,get:function(){return ${name}}})`;

test.each<[rule: string, code: string, isPlain: boolean]>([
  ['functions', 'function a(){}', true],
  ['constants', 'const a=1;', true],
  ['classes', 'var a=class{};', true],
  ['names with a namesake in a function', 'function a(){}function b(){let a;a=1,a++}', true],
  ['names with a parameter for a namesake', 'function a(){}const b=({c:[a=1]})=>{a=2};', true],
  ['names with a namesake in a block', 'function a(){}{let a;for(a of[])a=1}', true],
  ['names that a member has', 'function a(){}b.a=1;var b={a:1};', true],
  ['names that a statement assigns to', 'let a;a=1;', false],
  ['names that a function assigns to', 'let a;function b(){return a??=1}', false],
  ['names that a function assigns to, beside a namesake in a block', 'let a;function b(){{let a;a=1}a=2}', false],
  ['names that are counted', 'let a=1;function b(){a++}', false],
  ['names that a loop assigns to', 'let a;for(a of[1]);', false],
  ['names that a pattern assigns to', 'let a;({b:[a]}={b:[1]});', false],
  ['functions that replace themselves', 'function a(){return a=function(){},a()}', false],
])(
  'a file exports %s as its bundler writes them, or as plain properties: they never change',
  (_rule, code, isPlain) => {
    const plain = makeExportsPlain(`${code}${getter('a')};\n//# sourceMappingURL=x.js.map`);
    expect(plain).toBe(`${code}${isPlain ? 'exports.a=a' : getter('a')};\n//# sourceMappingURL=x.js.map`);
  },
);

test('a text that the bundler has put in place of a name is a plain property, too, and so are the names before it', () => {
  const text = 'Object.defineProperty(exports,"b",{enumerable:!0,get:function(){return`x/y`}})';
  expect(makeExportsPlain(`function a(){}${getter('a')},${text},${getter('c')};`)).toBe(
    'function a(){}exports.a=a,exports.b=`x/y`,exports.c=c;',
  );
});

describe('texts that the minifier wrote as templates', () => {
  /** A value in a template. */
  const put = (value: string) => `$\{${value}}`;

  test.each([
    ['are put in quotes', 'f(`a`)', 'f("a")'],
    ['with quotes of the other kind in them', 'f(`"a"`)', `f('"a"')`],
    ['stay where both are in them', `f(\`"'\`)`, `f(\`"'\`)`],
    ['stay over several lines', 'f(`a\nb`)', 'f(`a\nb`)'],
    ['stay where a value is put in', `f(\`a${put('b')}\`)`, `f(\`a${put('b')}\`)`],
    ['stay where a function gets them as parts', 'f`a`', 'f`a`'],
    ['stay where they would become a directive', '`use asm`;', '`use asm`;'],
    ['keep their escapes', 'f(`\\`\\$\\n\\u{1F600}`)', 'f("\\`\\$\\n\\u{1F600}")'],
    ['are found behind characters of two units', 'f("😀", `a`)', 'f("😀", "a")'],
    ['are found in values of other templates', `f(\`a${put('g(`b`)')}\`)`, `f(\`a${put('g("b")')}\`)`],
  ])('%s', (_, code, expected) => {
    expect(makeStringsPlain(code)).toBe(expected);
  });
});

describe('a file that is loaded on first use', () => {
  const marked = (module: string, part = '') =>
    `__twodoorsAtOnce(Promise.resolve().then(() => ${module})${part && `.then((n) => n.${part})`})`;
  const withFiles = (code: string, files: Readonly<Record<string, object>>): unknown => {
    const loaded: string[] = [];
    const load = (name: string) => {
      loaded.push(name);
      return files[name];
    };
    return { result: new Function('require', requireAtOnce(code)!.code)(load), loaded };
  };

  test('is required where it is needed, once, by all places together', () => {
    const load = marked('require("./some-file.js")');
    const code = `"use strict";\nconst first = () => ${load}.a;\nconst second = () => ${load}.b;\nreturn [second(), first()];`;
    expect(withFiles(code, { './some-file.js': { a: 1, b: 2 } })).toEqual({
      result: [2, 1],
      loaded: ['./some-file.js'],
    });
  });

  test('is not required before', () => {
    const code = `const never = () => ${marked('require("./some-file.js")')}.a;\nreturn typeof never;`;
    expect(withFiles(code, {})).toEqual({ result: 'function', loaded: [] });
  });

  test('gives what one of its modules exports, where it has several', () => {
    const code = `const { a } = ${marked('require("./some-file.js")', 't')};\nreturn a;`;
    expect(withFiles(code, { './some-file.js': { t: { a: 1 } } })).toEqual({ result: 1, loaded: ['./some-file.js'] });
  });

  test('is no other one where the module is in the same file', () => {
    const code = `const here = { a: 1 };\nreturn ${marked('here')}.a;`;
    expect(withFiles(code, {})).toEqual({ result: 1, loaded: [] });
  });

  test('leaves the code strict', () => {
    const { code } = requireAtOnce(`"use strict";\nf(${marked('require("./some-file.js")')});`)!;
    expect(code).toMatch(/^"use strict";/);
  });

  test('is an error in a form that is not known', () => {
    expect(() => requireAtOnce('__twodoorsAtOnce(load("./some-file.js"))')).toThrow('a form that is not known');
  });

  test('changes nothing where there is none', () => {
    expect(requireAtOnce('f();')).toBeUndefined();
  });
});

test('a file on demand asks the entry for a module that the entry has after all', () => {
  const marked = '__twodoorsAtOnce(Promise.resolve().then(() => require("./index.js")).then((n) => n.K))';
  const { code } = requireAtOnce(`"use strict";\nexports.f = () => ${marked}.g();`)!;
  const exports: { f?: () => number } = {};
  const entry = { $early: () => ({ K: { g: () => 7 } }) };
  new Function('exports', 'require', importEarly(code, 'index.js'))(exports, () => entry);
  expect(exports.f!()).toBe(7);
});
