/** What of `twodoors/middleware` is in a Lambda bundle. */

import { type BuiltBundle, bundle, makeProject, removeProjects } from '../projects.js';

afterAll(removeProjects);

const appWith = (name: string, options = '') => `
import { Controller, defineApp, Get } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { ${name} } from 'twodoors/middleware';
@Controller()
class Hello {
  @Get('/hello') hello() { return { hello: true }; }
}
export const handler = createHandler(defineApp({ controllers: [Hello], use: [${name}(${options})] }));
`;

/** Texts that only one of them has in its code. */
const MARKS = {
  cors: 'access-control-allow-private-network',
  securityHeaders: 'strict-transport-security',
  compress: 'createBrotliCompress',
  etag: 'content-language',
  accessLog: 'durationMs',
  cacheControl: 'stale-while-revalidate',
  requestId: 'x-request-id',
};

test.each(Object.keys(MARKS) as (keyof typeof MARKS)[])('a bundle with %s has none of the others', async (name) => {
  const options = name === 'cors' ? "{ origin: '*' }" : name === 'cacheControl' ? '{ maxAge: 1 }' : '';
  const built: BuiltBundle = await bundle(makeProject({ 'src/bootstrap-lambda.ts': appWith(name, options) }), 'lambda');
  const text = [...built.files.values()].map((content) => Buffer.from(content).toString()).join('\n');
  const found = Object.keys(MARKS).filter((each) => text.includes(MARKS[each as keyof typeof MARKS]));
  expect(found).toEqual([name]);
});
