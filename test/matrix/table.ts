import type { Group, Recipe } from './recipe.js';

const BEGIN = '<!-- made by npm run matrix: from here -->';
const END = '<!-- made by npm run matrix: to here -->';

/** The headings of the tables, in their order. */
const GROUPS: Readonly<Record<Group, string>> = {
  bundlers: 'Bundlers',
  compilers: 'Compilers',
  runners: 'Test runners',
  managers: 'Package managers',
  linters: 'Linters',
  instrumentation: 'Instrumentation',
};

/** The versions that the last run of each recipe had, by its name. */
export type Versions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Puts the tables into the page, between its marks; what is written by hand around them stays.
 *
 * @throws Error where the marks are missing
 */
export function renderPage(recipes: readonly Recipe[], versions: Versions, page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new Error(`docs/toolchains.md must contain the lines "${BEGIN}" and "${END}". Put them back.`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${tables(recipes, versions)}\n\n${page.slice(end)}`;
}

function tables(recipes: readonly Recipe[], versions: Versions): string {
  return Object.entries(GROUPS)
    .map(([group, heading]) => [heading, recipes.filter((recipe) => recipe.group === group)] as const)
    .filter(([, rows]) => rows.length > 0)
    .map(([heading, rows]) => `### ${heading}\n\n${table(rows, versions)}`)
    .join('\n\n');
}

function table(rows: readonly Recipe[], versions: Versions): string {
  const lines = rows.map((recipe) => rowOf(recipe, versions));
  return ['| recipe | | what it takes | versions |', '|---|---|---|---|', ...lines].join('\n');
}

/** The row of a recipe. */
export function rowOf({ name, title, verdict, note }: Recipe, versions: Versions): string {
  const used = Object.entries(versions[name] ?? {}).map(([tool, version]) => `${tool} ${version}`);
  return `| [${title}](../test/matrix/recipes/${name}) | ${verdict} | ${note} | ${used.join(', ')} |`;
}
