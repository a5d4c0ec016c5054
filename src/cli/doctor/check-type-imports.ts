import { type Check, error, type Finding, ok, warning } from './finding.js';
import { readRootFile, readSourceTexts, type SourceText } from './source-texts.js';

/** A decorator whose parameter takes its type of the metadata: it has no type as an argument, only a name or options. */
const DECORATED =
  /@(?:Body|Query|Param|Headers|Cookie)\(\s*(?:'[^']*'|"[^"]*")?\s*(?:,?\s*\{[^{}]*\})?\s*\)\s+\w+[?!]?\s*:\s*(\w+)/g;

const BIOME_FILES = ['biome.json', 'biome.jsonc', '.biome.json', '.biome.jsonc'];
const ESLINT_FILES = [
  ...['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `eslint.config.${extension}`),
  ...['', '.js', '.cjs', '.json', '.yml', '.yaml'].map((extension) => `.eslintrc${extension}`),
];

/** Whether DTOs are imported as types, which leaves no class in the metadata, and whether a linter will do that. */
export const checkTypeImports: Check = (project) => {
  const findings = [
    ...readSourceTexts(project).flatMap(findTypeImports),
    ...checkBiome(readRootFile(project, BIOME_FILES)),
    ...checkEslint(readRootFile(project, ESLINT_FILES)),
  ];
  return findings.length > 0 ? findings : [ok('imports of DTOs')];
};

/** The parameters of a file whose class is imported as a type. */
export function findTypeImports({ path, text }: SourceText): Finding[] {
  const imported = namesImportedAsTypes(text);
  const used = [...text.matchAll(DECORATED)].map(([, name]) => name!).filter((name) => imported.has(name));
  return [...new Set(used)].map((name) =>
    error(
      `${path} imports ${name} as a type, so that it is unknown at run time.`,
      `Import it as a value: import { ${name} } from ${imported.get(name)}.`,
    ),
  );
}

/** The names behind `import type { … }` and `import { type … }`, each with the module that it comes from. */
function namesImportedAsTypes(text: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [, type, list, module] of text.matchAll(/\bimport\s+(type\s+)?\{([^{}]*)\}\s*from\s*('[^']+'|"[^"]+")/g)) {
    for (const part of list!.split(',')) {
      const [, own, name] = /^\s*(type\s+)?(?:\w+\s+as\s+)?(\w+)\s*$/.exec(part) ?? [];
      if (name !== undefined && (type ?? own) !== undefined) names.set(name, module!);
    }
  }
  for (const [, name, module] of text.matchAll(/\bimport\s+type\s+(\w+)\s+from\s*('[^']+'|"[^"]+")/g)) {
    names.set(name!, module!);
  }
  return names;
}

/** Biome's recommended rules write `import type`, as it knows nothing of metadata. */
function checkBiome(file: SourceText | undefined): Finding[] {
  if (file === undefined || /"useImportType"\s*:\s*(?:"off"|\{[^}]*"level"\s*:\s*"off")/.test(file.text)) return [];
  return [
    warning(
      `${file.path} lets Biome turn imports of DTOs into type imports.`,
      'Set "linter": { "rules": { "style": { "useImportType": "off" } } }.',
    ),
  ];
}

function checkEslint(file: SourceText | undefined): Finding[] {
  if (file === undefined || !file.text.includes('consistent-type-imports')) return [];
  const isAware = /emitDecoratorMetadata|projectService|parserOptions[\s\S]*project\b/.test(file.text);
  if (isAware || /consistent-type-imports['"]?\s*:\s*\[?\s*(?:['"]off['"]|0)/.test(file.text)) return [];
  return [
    warning(
      `${file.path} lets consistent-type-imports turn imports of DTOs into type imports.`,
      'Set parserOptions to { emitDecoratorMetadata: true, experimentalDecorators: true }, with which the rule spares files with decorators.',
    ),
  ];
}
