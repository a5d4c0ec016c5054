import { writeFileSync } from 'node:fs';

/** Writes how many tests passed, failed and were skipped to the file that TEST_FIGURES names, for .ci/run. */
export default class FiguresReporter {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites, testResults } = results;
    // A file that could not even be loaded has no test that failed, and must count all the same.
    const broken = testResults.filter(({ testExecError }) => testExecError != null).length;
    const failed = numFailedTests + broken + (numFailedTestSuites > 0 && numFailedTests + broken === 0 ? 1 : 0);
    const figures = [`${numPassedTests} passed`, `${failed} failed`];
    if (numPendingTests > 0) figures.push(`${numPendingTests} skipped`);
    writeFileSync(process.env.TEST_FIGURES, `${figures.join(', ')}\n`);
  }
}
