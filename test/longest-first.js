import { statSync } from 'node:fs';
import { relative } from 'node:path';
import fast from '../jest.fast.config.js';

/** The test files that take longest, the longest first. A rule of test/house.test.ts holds that they exist. */
export const LONGEST = [
  'test/docs/requests.test.ts',
  'test/docs/sites.test.ts',
  'test/docs/deployment.test.ts',
  'test/lambda-zip.test.ts',
  'test/bundled-apps.test.ts',
  'test/docs/running.test.ts',
  'test/examples.test.ts',
  'test/package/consumers.test.ts',
  'test/browser/example.test.ts',
  'test/recorders/recorders.test.ts',
  'test/deploy/settings.test.ts',
  'test/local-lambda/contract.test.ts',
  'test/matrix/recipes.test.ts',
  'test/new/new.test.ts',
  'test/deploy/terraform-settings.test.ts',
  'test/performance.test.ts',
  'test/local-lambda/command.test.ts',
  'test/cold-start.test.ts',
  'test/deploy/command.test.ts',
  'test/cli.test.ts',
  'test/public-files.test.ts',
  'test/flaskr/oracle.test.ts',
  'test/dev.test.ts',
  'test/openapi/truth/contract.test.ts',
];

const SLOW = fast.testPathIgnorePatterns
  .filter((pattern) => pattern !== '/node_modules/')
  .map((each) => new RegExp(each));

/**
 * Starts the longest test files first. In a fresh clone Jest knows no durations and goes by the sizes of files, so that one of
 * ten minutes may start when all else is done, and a core has nothing to do until it ends.
 */
export default class LongestFirst {
  sort(tests) {
    const ranked = tests.map((test) => ({ test, rank: rankOf(test), size: statSync(test.path).size }));
    return ranked.sort((a, b) => a.rank - b.rank || b.size - a.size).map(({ test }) => test);
  }

  /** For `--shard`: each part has some of the longest. */
  shard(tests, { shardIndex, shardCount }) {
    return this.sort(tests).filter((_test, i) => i % shardCount === shardIndex - 1);
  }

  /** For `--onlyFailures`: which tests failed is not kept, so it runs all. */
  allFailedTests(tests) {
    return this.sort(tests);
  }

  cacheResults() {}
}

/** The longest come first, then what starts processes or builds bundles. */
function rankOf({ path, context }) {
  const name = relative(context.config.rootDir, path);
  const index = LONGEST.indexOf(name);
  if (index !== -1) return index;
  return SLOW.some((pattern) => pattern.test(`/${name}`)) ? LONGEST.length : LONGEST.length + 1;
}
