export default {
  testEnvironment: 'node',
  // With 'import' among the conditions Jest picks ES builds of CommonJS-only tools and breaks.
  testEnvironmentOptions: { customExportConditions: ['twodoors-source', 'node', 'node-addons'] },
  // Only what hangs takes so long, on a machine that is busy with more than this as well.
  testTimeout: 240_000,
  // Jest leaves a core free, which on a machine of two is half of it.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/test/longest-first.js',
  globalSetup: '<rootDir>/test/compile-package.js',
  reporters: ['default', ...(process.env.TEST_FIGURES ? ['<rootDir>/test/figures-reporter.js'] : [])],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: [
    '<rootDir>/dist/',
    '<rootDir>/build/',
    '<rootDir>/bench/build/',
    '<rootDir>/bench/node_modules/',
    // Projects that test/matrix makes.
    '<rootDir>/test/matrix/(?:app|typed|recipes)/',
  ],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
