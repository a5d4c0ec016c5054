import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** As strict as a team's tsconfig.json can be. Node.js only strips types, so other TypeScript syntax is not allowed. */
const COMPILER_OPTIONS = {
  target: 'es2022',
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  // cdk.ts imports stack.ts by its name, as Node.js needs it.
  rewriteRelativeImportExtensions: true,
  skipLibCheck: true,
  types: ['node'],
};

/** Writes the tsconfig.json that compiles every CDK app in the folders of `root`. */
export function writeCdkTsconfig(root: string): void {
  writeFileSync(
    join(root, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ['*/cdk.ts'] }),
  );
}
