import { join } from 'node:path';
import { findPackage } from '../project/find-package.js';
import { readManifest } from '../project/manifest.js';
import type { Project } from '../project/project.js';
import { type Check, type Finding, ok, warning } from './finding.js';
import { readRootFile } from './source-texts.js';
import { isInVersionRange } from './version-range.js';

/** Compilers that emit no decorator metadata, by what starts them in a script. */
const WITHOUT_METADATA = [
  { pattern: /\btsx\b/, name: 'tsx' },
  { pattern: /\besbuild\b/, name: 'esbuild' },
  { pattern: /\bsucrase\b/, name: 'sucrase' },
  {
    pattern: /\bnode\b[^&|;]*(?:--experimental-(?:strip|transform)-types|\.[cm]?tsx?\b)/,
    name: "Node.js's type stripping",
  },
];

const CURE = 'Start the app with twodoors, or give each decorator its type: @Body(CreateTodo).';

const JEST_FILES = ['js', 'mjs', 'cjs', 'ts', 'mts', 'json'].map((extension) => `jest.config.${extension}`);

/** Whether what compiles the app beside twodoors, such as a test runner, emits the metadata of decorators. */
export const checkMetadata: Check = (project) => {
  const findings = [...checkScripts(project), ...checkSwc(project), ...checkVitest(project), ...checkJest(project)];
  return findings.length > 0 ? findings : [ok('decorator metadata')];
};

function checkScripts(project: Project): Finding[] {
  const { scripts } = readManifest(join(project.root, 'package.json'));
  return Object.entries(Object(scripts) as Readonly<Record<string, string>>).flatMap(([script, text]) =>
    WITHOUT_METADATA.filter(({ pattern }) => pattern.test(text)).map(({ name }) =>
      warning(`The script "${script}" uses ${name}, which emits no decorator metadata.`, CURE),
    ),
  );
}

/** swc emits metadata where its own settings say so; it does not read tsconfig.json. */
function checkSwc(project: Project): Finding[] {
  const { scripts } = readManifest(join(project.root, 'package.json'));
  const script = Object.entries(Object(scripts) as Readonly<Record<string, string>>).find(([, text]) =>
    /(?:^|[&|;\s])swc\s/.test(text),
  );
  if (script === undefined) return [];
  if (/["']?decoratorMetadata["']?\s*:\s*true/.test(readRootFile(project, ['.swcrc'])?.text ?? '')) return [];
  return [
    warning(
      `The script "${script[0]}" uses swc, whose .swcrc does not set decoratorMetadata.`,
      'Set "jsc": { "transform": { "legacyDecorator": true, "decoratorMetadata": true } } in .swcrc.',
    ),
  ];
}

/** Vite compiles by esbuild before version 8. */
function checkVitest(project: Project): Finding[] {
  const vitest = usesRunner(project, 'vitest') ? findPackage(project.root, 'vitest') : undefined;
  const vite = vitest === undefined ? undefined : findPackage(vitest, 'vite');
  if (vite === undefined) return [];
  const version = String(readManifest(join(vite, 'package.json')).version);
  if (isInVersionRange(version, '>=8.0.0')) return [];
  return [
    warning(
      `Vitest uses Vite ${version}, which emits no decorator metadata.`,
      'Update it: npm install --save-dev vitest@latest vite@latest.',
    ),
  ];
}

function checkJest(project: Project): Finding[] {
  if (!usesRunner(project, 'jest')) return [];
  const manifest = readManifest(join(project.root, 'package.json')) as { readonly jest?: unknown };
  const settings = readRootFile(project, JEST_FILES)?.text ?? JSON.stringify(manifest.jest ?? {});
  if (settings.includes('ts-jest')) return [];
  const swc = settings.includes('@swc/jest') ? settings + (readRootFile(project, ['.swcrc'])?.text ?? '') : '';
  if (/["']?decoratorMetadata["']?\s*:\s*true/.test(swc)) return [];
  return [
    warning(
      'Jest is not set up to emit decorator metadata.',
      'Transform TypeScript by @swc/jest with transform: { legacyDecorator: true, decoratorMetadata: true }, or by ts-jest.',
    ),
  ];
}

/** Whether a project runs its tests by a runner: an installed one may be that of another project in the same folder. */
function usesRunner(project: Project, name: string): boolean {
  const { scripts, dependencies, devDependencies } = readManifest(join(project.root, 'package.json'));
  const isNamed = [dependencies, devDependencies].some((each) => Object.hasOwn(Object(each), name));
  return isNamed || Object.values(Object(scripts)).some((script) => new RegExp(`\\b${name}\\b`).test(String(script)));
}
