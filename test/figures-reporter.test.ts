import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// @ts-expect-error It is JavaScript, because Jest loads it.
import FiguresReporter from './figures-reporter.js';

const folder = mkdtempSync(join(tmpdir(), 'twodoors-figures-'));
const figures = join(folder, 'figures');
const before = process.env['TEST_FIGURES'];
afterAll(() => {
  if (before === undefined) delete process.env['TEST_FIGURES'];
  else process.env['TEST_FIGURES'] = before;
  rmSync(folder, { recursive: true });
});

const passed = { status: 'passed', fullName: 'it passes', failureMessages: [] };

/** What the reporter writes about files as Jest reports them. */
function report(testResults: object[], counts: object) {
  process.env['TEST_FIGURES'] = figures;
  new FiguresReporter().onRunComplete([], {
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numFailedTestSuites: 0,
    testResults,
    ...counts,
  });
  return { figures: readFileSync(figures, 'utf8'), failures: readFileSync(`${figures}.failures`, 'utf8') };
}

test('a run without failures has figures only', () => {
  const file = { testFilePath: join(process.cwd(), 'test/a.test.ts'), testResults: [passed] };
  expect(report([file], { numPassedTests: 1, numPendingTests: 2 })).toEqual({
    figures: '1 passed, 0 failed, 2 skipped\n',
    failures: '',
  });
});

test('a failure is named with its file and its message without colours', () => {
  const failed = {
    status: 'failed',
    fullName: 'a sum is right',
    failureMessages: [
      'Error: \u001b[31m3\u001b[39m\n    at x\n    at y (/a/node_modules/jest-circus/run.js:1:2)\n    at node:internal/timers:3',
    ],
  };
  const file = { testFilePath: join(process.cwd(), 'test/a.test.ts'), testResults: [passed, failed] };
  expect(report([file], { numPassedTests: 1, numFailedTests: 1, numFailedTestSuites: 1 })).toEqual({
    figures: '1 passed, 1 failed\n',
    failures: '✕ test/a.test.ts: a sum is right\nError: 3\n    at x\n',
  });
});

test('a file that could not be loaded counts, and says why', () => {
  const file = {
    testFilePath: join(process.cwd(), 'test/a.test.ts'),
    testResults: [],
    testExecError: { message: 'no such module' },
    failureMessage: '  ● Test suite failed to run\n\n    no such module\n',
  };
  expect(report([file], { numFailedTestSuites: 1 })).toEqual({
    figures: '0 passed, 1 failed\n',
    failures: '✕ test/a.test.ts\n  ● Test suite failed to run\n\n    no such module\n',
  });
});

test('only the first failures are described, and of each only the beginning', () => {
  const long = (_: unknown, i: number) => ({
    status: 'failed',
    fullName: 'long',
    failureMessages: [`${i}\n${'line\n'.repeat(100)}`],
  });
  const wide = { status: 'failed', fullName: 'wide', failureMessages: ['x'.repeat(10_000)] };
  const file = {
    testFilePath: join(process.cwd(), 'test/a.test.ts'),
    testResults: [wide, ...Array.from({ length: 14 }, long)],
  };
  const { failures } = report([file], { numFailedTests: 15, numFailedTestSuites: 1 });
  expect(failures.match(/^✕ /gm)).toHaveLength(10);
  expect(failures).toMatch(/\n… and 5 more failures\n$/);
  expect(failures.match(/^line$/gm)).toHaveLength(9 * 39);
  expect(failures.match(/x+\n/)![0]).toHaveLength(4001);
});

test('the message of a hook is not repeated for each of its tests', () => {
  const tests = ['one', 'two'].map((fullName) => ({
    status: 'failed',
    fullName,
    failureMessages: ['it took too long'],
  }));
  const file = { testFilePath: join(process.cwd(), 'test/a.test.ts'), testResults: tests };
  const { failures } = report([file], { numFailedTests: 2, numFailedTestSuites: 1 });
  expect(failures).toBe('✕ test/a.test.ts: one\nit took too long\n\n✕ test/a.test.ts: two\n(the same)\n');
});
