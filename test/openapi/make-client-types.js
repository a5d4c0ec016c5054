// Prints the types that openapi-typescript makes of a document: node test/openapi/make-client-types.js FILE
// It needs the compiler API of TypeScript 5, which TypeScript 7 does not have; @ts-morph/common contains one.

import { register } from 'node:module';

const asModule = (code) => `data:text/javascript,${encodeURIComponent(code)}`;
const compiler = asModule(`
  import { createRequire } from 'node:module';
  export default createRequire(${JSON.stringify(import.meta.url)})('@ts-morph/common').ts;`);
register(
  asModule(`export const resolve = (name, context, next) =>
    name === 'typescript' ? { url: ${JSON.stringify(compiler)}, shortCircuit: true } : next(name, context);`),
);

const { default: openapiTS, astToString, COMMENT_HEADER } = await import('openapi-typescript');
const [file] = process.argv.slice(2);
process.stdout.write(COMMENT_HEADER + astToString(await openapiTS(new URL(file, `file://${process.cwd()}/`))));
