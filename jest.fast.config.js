import config from './jest.config.js';

/** What starts processes or builds bundles, parity, and the truth of documents: minutes, of which a contributor needs none all day. */
const SLOW = [
  '/test/browser/',
  '/test/build.test.ts',
  '/test/bundled-apps.test.ts',
  '/test/bundled-views.test.ts',
  '/test/cli.test.ts',
  '/test/cold-start.test.ts',
  '/test/config.test.ts',
  '/test/deploy/',
  '/test/dev.test.ts',
  '/test/docs/',
  '/test/doctor/command.test.ts',
  '/test/examples.test.ts',
  '/test/flaskr/',
  '/test/lambda-zip.test.ts',
  '/test/local-lambda/(?!runtime-api)',
  '/test/matrix/recipes.test.ts',
  '/test/middleware/bundle.test.ts',
  '/test/new/',
  '/test/nginx.test.ts',
  '/test/openapi/command.test.ts',
  '/test/openapi/declared-returns.test.ts',
  '/test/openapi/truth/',
  '/test/openapi/typed-client.test.ts',
  '/test/package/(?:consumers|unused).test.ts',
  '/test/parity/',
  '/test/performance.test.ts',
  '/test/planned/',
  '/test/public-files.test.ts',
  '/test/recorders/',
  '/test/reference/',
  '/test/routes/',
  '/test/serve.test.ts',
  '/test/server-bundle.test.ts',
  '/test/several-versions.test.ts',
  '/test/tracing.test.ts',
  '/test/two-copies.test.ts',
  '/test/web/sessions?-st(?:artup|ore).test.ts',
  '/test/wire.test.ts',
  '/test/worker-threads.test.ts',
];

// Nothing that is left uses the compiled package.
const { globalSetup: _, ...rest } = config;

/** `npm run test:fast`. A rule of test/house.test.ts holds that the list is neither too long nor too short. */
export default { ...rest, testPathIgnorePatterns: ['/node_modules/', ...SLOW] };
