const jsc = {
  target: 'es2022',
  parser: { syntax: 'typescript', decorators: true },
  transform: { legacyDecorator: true, decoratorMetadata: true },
};

module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // twodoors and some of its packages are ES modules only: SWC makes CommonJS of everything.
  transformIgnorePatterns: [],
  transform: { '^.+\\.(?:ts|m?js)$': ['@swc/jest', { jsc, module: { type: 'commonjs' } }] },
};
