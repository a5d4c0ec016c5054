import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionSettings } from '../config/function-settings.js';
import { checkDeployment } from './check-deployment.js';
import { type OwnTemplate, parseOwn } from './cloudformation/own-template.js';
import { type DeployFile, writeDeployFile } from './deploy-file.js';
import type { IacTool } from './deployment.js';
import { generateDeployFiles } from './generate.js';

/** The file of the user that is merged into a template. */
const OWN = 'own.yaml';

/**
 * Generates the files of a tool, one for each deployment.
 *
 * @param codeSha256 the hash of the zip, in base64
 * @throws CommandError with everything that a gateway does not support, and for files of the user that cannot be merged
 */
export function generateDeployment(
  root: string,
  tool: IacTool,
  all: readonly FunctionSettings[],
  codeSha256: string,
): DeployFile[] {
  checkDeployment(...all);
  const isTemplate = tool === 'sam' || tool === 'cloudformation';
  return all.flatMap((settings) => {
    const own = isTemplate ? readOwn(root, settings.stage) : [];
    return generateDeployFiles(tool, settings, { codeSha256, own });
  });
}

/** The user's file for all stages, and that of the stage. */
function readOwn(root: string, stage: string | undefined): OwnTemplate[] {
  const names = [`deploy/${OWN}`, ...(stage === undefined ? [] : [`deploy/${stage}/${OWN}`])];
  return names
    .filter((name) => existsSync(join(root, name)))
    .map((name) => parseOwn(name, readFileSync(join(root, name), 'utf8')));
}

/**
 * Writes generated files. One that was edited stays, and the new one goes below `build/`.
 *
 * @param isForced whether to overwrite an edited file
 * @returns what was written, and warnings of what was not
 */
export function writeDeployment(
  root: string,
  files: readonly DeployFile[],
  isForced: boolean,
): { readonly written: string[]; readonly warnings: string[] } {
  const written: string[] = [];
  const warnings: string[] = [];
  for (const file of files) {
    const outcome = writeDeployFile(root, file, isForced);
    if (outcome !== 'kept') {
      if (outcome === 'written' || file.uses === undefined) written.push(file.name);
      continue;
    }
    const copy = `build/${file.name}`;
    writeDeployFile(root, { ...file, name: copy }, true);
    warnings.push(warningOf(file, copy));
  }
  return { written, warnings };
}

function warningOf({ name, changes, uses }: DeployFile, copy: string): string {
  if (uses === undefined) {
    return `${name} was edited, so twodoors did not overwrite it, and new settings do not arrive. Your ${changes}. Compare it with ${copy}, move them, and build with --force.`;
  }
  return `${name} does not import ${uses} beside it, which is where the settings arrive. twodoors left it as it is. Move what you added into a class that extends the one in ${uses}, as ${copy} does; the resources keep their names.`;
}
