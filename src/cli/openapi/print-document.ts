import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { openapi } from '../../runtime/openapi/openapi.js';
import { CommandError } from '../command-error.js';
import { plural } from '../plural.js';
import type { Printed } from '../print-and-exit.js';
import { loadApp } from '../project/load-app.js';
import type { Project } from '../project/project.js';
import { orStartupMistakes } from '../project/startup-mistakes.js';
import { printWarnings } from '../warnings.js';
import { documentDifferences } from './document-differences.js';

/** What to print of a document. */
export interface DocumentFlags {
  readonly isYaml: boolean;
  /** A file to compare the document with; undefined to print the document. */
  readonly checkedFile: string | undefined;
}

/** The most differences that are printed. */
const MAX_DIFFERENCES = 20;

/**
 * Prints the OpenAPI document of an app, or what differs from it in a file. Warnings go to the standard error.
 *
 * @throws CommandError if the app cannot be loaded or has mistakes, or the file cannot be read
 */
export async function printDocument(
  project: Project,
  appFile: string,
  { isYaml, checkedFile }: DocumentFlags,
): Promise<Printed> {
  const app = await loadApp(project, appFile);
  const warnings: string[] = [];
  const document = orStartupMistakes(() => openapi(app, { onWarning: (warning) => warnings.push(warning) }));
  printWarnings(warnings);
  if (checkedFile === undefined) {
    const text = isYaml
      ? stringify(document, { aliasDuplicateObjects: false }).trimEnd()
      : JSON.stringify(document, undefined, 2);
    return { text, isSuccess: true };
  }
  const differences = documentDifferences(readDocument(checkedFile), JSON.parse(JSON.stringify(document)));
  if (differences.length === 0) return { text: `${checkedFile} is current.`, isSuccess: true };
  const more = differences.length - MAX_DIFFERENCES;
  const lines = [
    ...differences.slice(0, MAX_DIFFERENCES),
    ...(more > 0 ? [`and ${plural(more, 'more difference')}`] : []),
  ];
  const command = `npx twodoors openapi${appFile === 'src/app.ts' ? '' : ` ${appFile}`}${/\.ya?ml$/i.test(checkedFile) ? ' --yaml' : ''} > ${checkedFile}`;
  const text = `${checkedFile} is not the document of the app:\n  ${lines.join('\n  ')}\nWrite it again: ${command}`;
  return { text, isSuccess: false };
}

function readDocument(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandError(`Cannot read ${path}: ${(error as Error).message}.`);
  }
  try {
    // JSON is YAML too.
    return parse(text) as unknown;
  } catch (error) {
    throw new CommandError(`${path} is neither JSON nor YAML: ${(error as Error).message}`);
  }
}
