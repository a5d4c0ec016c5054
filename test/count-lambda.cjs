// Loads a bundled handler and prints what it did, counted: `node count-lambda.cjs MODE FILE EVENTS`. CommonJS, as a
// bundle is, so that nothing more of Node is loaded than Lambda has.
//   load:     what it touched of Node while it was loaded and answered each event for the first time
//   cost:     the code of the bundle that it took to load it and to answer each event for the first time
//   expressions: the regular expressions that it asked for that
//   requests: what it did for each event, once it is warm
//   bytes:    bytes allocated for each event, once it is warm; needs --expose-gc and --jitless, which makes them exact
const [mode, file, given] = process.argv.slice(2);
const events = JSON.parse(given);
const context = { awsRequestId: 'id', getRemainingTimeInMillis: () => 30_000 };

/** What Node loads when it is first asked for: the fetch globals alone take longer than a whole cold start. */
const HEAVY = [
  ...['fetch', 'Request', 'Response', 'Headers', 'FormData', 'Blob', 'File', 'WebSocket', 'EventSource'],
  ...['ReadableStream', 'WritableStream', 'TransformStream', 'TextEncoderStream', 'CompressionStream'],
  ...['crypto', 'navigator', 'performance', 'structuredClone', 'Intl'],
];

async function load() {
  const touched = [];
  for (const name of HEAVY) {
    const original = Object.getOwnPropertyDescriptor(globalThis, name);
    if (original === undefined) continue;
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get() {
        touched.push(name);
        return original.get === undefined ? original.value : original.get.call(globalThis);
      },
    });
  }
  let sourceMaps = 0;
  process.setSourceMapsEnabled = () => sourceMaps++;
  const before = new Set(process.moduleLoadList);
  const { handler } = require(file);
  const statuses = [];
  for (const event of events) statuses.push((await handler(event, context)).statusCode);
  const modules = process.moduleLoadList.filter((name) => name.startsWith('NativeModule ') && !before.has(name));
  return { touched, sourceMaps, modules, statuses };
}

async function expressions() {
  const asked = new Set();
  const { exec } = RegExp.prototype;
  RegExp.prototype.exec = function noted(text) {
    asked.add(String(this));
    return exec.call(this, text);
  };
  const { handler } = require(file);
  for (const event of events) await handler(event, context);
  return [...asked];
}

/** Replaces functions by ones that count their calls, and gives what was counted. */
function count() {
  const counts = { regexps: 0, json: 0, searchParams: 0, decodings: 0, timers: 0, promises: 0, mapReads: 0 };
  const wrap = (holder, name, key) => {
    const original = holder[name];
    holder[name] = function counted(...args) {
      counts[key]++;
      return Reflect.apply(original, this, args);
    };
    return () => {
      holder[name] = original;
    };
  };
  const undo = [
    // Whatever asks an expression (test, match, replace, split) asks this.
    wrap(RegExp.prototype, 'exec', 'regexps'),
    wrap(JSON, 'parse', 'json'),
    wrap(globalThis, 'decodeURIComponent', 'decodings'),
    wrap(globalThis, 'setTimeout', 'timers'),
    wrap(Map.prototype, 'get', 'mapReads'),
  ];
  const Original = globalThis.URLSearchParams;
  globalThis.URLSearchParams = class extends Original {
    constructor(...args) {
      super(...args);
      counts.searchParams++;
    }
  };
  const hook = require('node:async_hooks')
    .createHook({
      init: (_id, type) => {
        if (type === 'PROMISE') counts.promises++;
      },
    })
    .enable();
  return () => {
    hook.disable();
    globalThis.URLSearchParams = Original;
    for (const each of undo) each();
    return counts;
  };
}

/** An event that notes which of its members are read. */
function watched(event, read) {
  return new Proxy(event, {
    get(target, name) {
      read.add(name);
      return target[name];
    },
  });
}

async function requests() {
  const { handler } = require(file);
  for (const event of events) for (let i = 0; i < 3; i++) await handler(event, context);
  const results = [];
  for (const event of events) {
    const read = new Set();
    const given = watched(event, read);
    const stop = count();
    const { statusCode } = await handler(given, context);
    results.push({ status: statusCode, read: [...read].sort(), ...stop() });
  }
  return results;
}

async function bytes() {
  const { handler } = require(file);
  const each = async (event, times) => {
    for (let i = 0; i < times; i++) await handler(event, context);
  };
  const results = [];
  for (const event of events) {
    await each(event, 200);
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    await each(event, 1000);
    results.push(Math.round((process.memoryUsage().heapUsed - before) / 1000));
  }
  return results;
}

/** What the code of a cold start costs: V8 looks through each file that is loaded, and compiles what runs. */
async function cost() {
  const { Session } = require('node:inspector');
  const uses = { setTimeout: 0, randomUUID: 0, URLSearchParams: 0, getBuiltinModule: 0 };
  const note = (holder, name) => {
    const original = holder[name];
    holder[name] = new Proxy(original, {
      apply(target, self, args) {
        uses[name]++;
        return Reflect.apply(target, self, args);
      },
      construct(target, args) {
        uses[name]++;
        return Reflect.construct(target, args);
      },
    });
  };
  note(globalThis, 'setTimeout');
  note(globalThis, 'URLSearchParams');
  note(require('node:crypto').webcrypto, 'randomUUID');
  note(process, 'getBuiltinModule');
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const { handler } = require(file);
  for (const event of events) await handler(event, context);
  let scripts = [];
  session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
    scripts = result.filter(({ url }) => url.includes(require('node:path').dirname(file)));
  });
  let functions = 0;
  let compiled = 0;
  let bytes = 0;
  for (const script of scripts) {
    const code = require('node:fs').readFileSync(script.url.replace('file://', ''), 'utf8');
    bytes += code.length;
    const ran = new Uint8Array(code.length);
    // The outermost first: what did not run inside of a function that did is not compiled. The whole file is looked through.
    const [, ...inside] = script.functions.toSorted((a, b) => lengthOf(b) - lengthOf(a));
    for (const { ranges } of inside) {
      const [{ startOffset, endOffset, count }] = ranges;
      ran.fill(count > 0 ? 1 : 0, startOffset, endOffset);
      if (count > 0) functions++;
    }
    compiled += ran.reduce((sum, each) => sum + each, 0);
  }
  return { files: scripts.length, bytes, functions, compiled, uses };
}

const lengthOf = ({ ranges }) => ranges[0].endOffset - ranges[0].startOffset;

const MODES = { load, cost, expressions, requests, bytes };
MODES[mode]().then((result) => console.log(JSON.stringify(result)));
