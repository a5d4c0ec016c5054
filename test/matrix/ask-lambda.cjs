// Loads a built handler as Lambda does, sends it the events of MATRIX_ROWS one after another, and prints the results.
const { resolve } = require('node:path');
const { pathToFileURL } = require('node:url');

const [, , file, isWrapped] = process.argv;

async function main() {
  const path = resolve(file);
  // Lambda requires CommonJS and imports ES modules; what is patched is what `require` has given.
  const module = /\.mjs$|esm/.test(file) || isModule(path) ? await import(pathToFileURL(path).href) : require(path);
  if (isWrapped === 'true') wrap(module);
  const results = [];
  for (const row of JSON.parse(process.env.MATRIX_ROWS)) {
    const [rawPath, rawQueryString = ''] = row.path.split('?');
    const event = {
      version: '2.0',
      rawPath,
      rawQueryString,
      headers: { host: 'a.example', ...(row.type && { 'content-type': row.type }) },
      requestContext: {
        http: { method: row.method, path: rawPath, sourceIp: '192.0.2.1' },
        requestId: 'r',
        stage: '$default',
      },
      body: row.body,
      isBase64Encoded: false,
    };
    results.push(await module.handler(event, CONTEXT));
  }
  process.stdout.write(`\nRESULTS ${JSON.stringify(results)}\n`);
  if (process.env.FLUSH) await new Promise((done) => setTimeout(done, Number(process.env.FLUSH)));
  process.exit(0);
}

const CONTEXT = {
  awsRequestId: 'r',
  functionName: 'todos',
  functionVersion: '$LATEST',
  memoryLimitInMB: '512',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:todos',
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => 20_000,
};

function isModule(path) {
  const { dirname, join } = require('node:path');
  const { existsSync, readFileSync } = require('node:fs');
  if (path.endsWith('.cjs')) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
    if (folder === dirname(folder)) return false;
  }
}

/** As shimmer does for OpenTelemetry: it defines the property again. */
function wrap(module) {
  const inner = module.handler;
  let calls = 0;
  Object.defineProperty(module, 'handler', {
    configurable: true,
    enumerable: true,
    writable: true,
    value: (...args) => {
      calls += 1;
      return inner(...args);
    },
  });
  process.on('exit', () => console.log(`WRAPPED ${calls}`));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
