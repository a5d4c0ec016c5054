import { exportEarly, importEarly } from '../src/cli/bundle/files/early-exports.js';

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
