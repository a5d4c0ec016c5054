import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** Of a log only the end may be kept, so what is repeated there is short. */
const MAX_FAILURES = 10;
const MAX_LINES = 40;
const MAX_CHARACTERS = 4000;

/**
 * For .ci/run: writes how many tests passed, failed and were skipped to the file that TEST_FIGURES names, and what failed to
 * the one beside it, `….failures`.
 */
export default class FiguresReporter {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites, testResults } = results;
    // A file that could not even be loaded has no test that failed, and must count all the same.
    const broken = testResults.filter(({ testExecError }) => testExecError != null).length;
    const failed = numFailedTests + broken + (numFailedTestSuites > 0 && numFailedTests + broken === 0 ? 1 : 0);
    const figures = [`${numPassedTests} passed`, `${failed} failed`];
    if (numPendingTests > 0) figures.push(`${numPendingTests} skipped`);
    writeFileSync(process.env.TEST_FIGURES, `${figures.join(', ')}\n`);
    writeFileSync(`${process.env.TEST_FIGURES}.failures`, describeFailures(testResults));
  }
}

/** The first failures, each with its file, its name and the beginning of its message. */
function describeFailures(files) {
  const failures = files.flatMap(({ testFilePath, testResults, testExecError, failureMessage }) => {
    const path = relative(process.cwd(), testFilePath);
    const failed = testResults.filter(({ status }) => status === 'failed');
    const own = failed.map(({ fullName, failureMessages }) => ({
      title: `${path}: ${fullName}`,
      message: shorten(failureMessages.join('\n')),
    }));
    const isBroken = testExecError != null || (failed.length === 0 && Boolean(failureMessage));
    return isBroken ? [{ title: path, message: shorten(failureMessage ?? testExecError.message) }, ...own] : own;
  });
  const described = failures.slice(0, MAX_FAILURES).map(({ title, message }, i) => {
    // A hook that fails gives all of its tests the same message.
    const isKnown = i > 0 && failures[i - 1].message === message;
    return `✕ ${title}\n${isKnown ? '(the same)' : message}\n`;
  });
  const more = failures.length - MAX_FAILURES;
  return [...described, ...(more > 0 ? [`… and ${more} more failures\n`] : [])].join('\n');
}

/** A message without colours, and without the calls of Jest and of Node.js that led there. */
function shorten(message) {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => !/^\s+at .*(?:\/node_modules\/|node:internal)/.test(line));
  return lines.slice(0, MAX_LINES).join('\n').slice(0, MAX_CHARACTERS).trimEnd();
}
