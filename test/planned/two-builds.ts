import { copyFileSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { TableSpec } from '../parity/table-spec.js';
import { type BuiltBundle, bundleAll, makeProject, REPOSITORY, writeFile } from '../projects.js';

/** The folders of two bundles of one project: only the first has the plans of its apps. */
export interface TwoBuilds {
  readonly planned: string;
  readonly unplanned: string;
}

/** What `test/parity` makes its apps of. */
const PARTS_OF_TABLES = [
  'binds',
  'build-app',
  'decorations',
  'middleware-kinds',
  'outcomes',
  'table-spec',
  'thing',
  'type',
];

const copyToProject = (root: string, from: string, to: string) => {
  mkdirSync(join(root, to, '..'), { recursive: true });
  copyFileSync(join(REPOSITORY, 'test', from), join(root, to));
};

/** Makes a project of modules of this folder and of a bootstrap file, and bundles it with and without a plan. */
export async function buildTwice(modules: readonly string[], bootstrap: string): Promise<TwoBuilds> {
  const root = makeProject({ 'src/bootstrap-lambda.ts': bootstrap });
  symlinkSync(join(REPOSITORY, 'node_modules/valibot'), join(root, 'node_modules/valibot'));
  for (const name of modules) copyToProject(root, `planned/${name}.ts`, `src/${name}.ts`);
  for (const name of PARTS_OF_TABLES) copyToProject(root, `parity/${name}.ts`, `src/parity/${name}.ts`);
  const [planned, unplanned] = await Promise.all(
    [true, false].map(async (isPlanned) => {
      const [built] = await bundleAll([root], 'lambda', { isPlanned });
      if (built instanceof Error) throw built;
      return write(join(root, isPlanned ? 'planned' : 'unplanned'), built!);
    }),
  );
  return { planned: planned!, unplanned: unplanned! };
}

function write(folder: string, { files }: BuiltBundle): string {
  for (const [name, content] of files) writeFile(folder, name, content as unknown as string);
  if (!readdirSync(folder).includes('index.js')) throw new Error(`There is no index.js in ${folder}.`);
  return folder;
}

/**
 * The bootstrap file of a function with the rich app and others: `handlers` has all of them. With `ONE_APP` in the
 * environment there is only the first, which starts faster.
 */
export function bootstrapOf(tables: readonly TableSpec[]): string {
  return `
import { createHandler } from 'twodoors/lambda';
import { buildApp } from './parity/build-app.js';
import { richApp, slowApp } from './rich-app.js';
export const handler = createHandler(richApp, { basePath: '/api' });
const tables = process.env.ONE_APP === undefined ? ${JSON.stringify(tables)} : [];
export const handlers = [handler, createHandler(slowApp), ...tables.map((table) => createHandler(buildApp(table)))];
`;
}
