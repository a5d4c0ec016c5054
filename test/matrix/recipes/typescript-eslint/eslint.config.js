import tseslint from 'typescript-eslint';

export default tseslint.config(...tseslint.configs.recommended, {
  languageOptions: {
    parserOptions: { experimentalDecorators: true, emitDecoratorMetadata: true },
  },
  rules: {
    '@typescript-eslint/consistent-type-imports': 'error',
  },
});
