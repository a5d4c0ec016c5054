import { exportEarly, importEarly } from '../src/cli/bundle/files/early-exports.js';
import { makeNamespacesPlain } from '../src/cli/bundle/files/plain-namespaces.js';

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
  [
    'variables that may change',
    'let a=1;exports.A=a,Object.defineProperty(exports,"B",{enumerable:!0,get:function(){return a}});',
    { A: 1, B: 1 },
  ],
])('files on demand use %s before the entry has ended', (_rule, code, early) => {
  expect(exportedBy(code)).toEqual({ early, others: {} });
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
