import type { FunctionSettings } from '../config/function-settings.js';
import { toCdk, toCdkApp } from './cdk/cdk.js';
import { checkDeployment } from './check-deployment.js';
import { toCloudFormation } from './cloudformation/cloudformation.js';
import { toSam } from './cloudformation/sam.js';
import type { TemplateExtras } from './cloudformation/write-template.js';
import type { DeployFile } from './deploy-file.js';
import type { IacTool } from './deployment.js';
import { toTerraform } from './terraform/terraform.js';

/** What generates the file of a tool. */
interface Generator extends Omit<DeployFile, 'content'> {
  readonly generate: (settings: FunctionSettings, extras: TemplateExtras) => string;
  /** The file beside it that is the user's from the start. */
  readonly own?: { readonly name: string; readonly generate: (settings: FunctionSettings) => string };
}

const OWN_TEMPLATE = 'changes belong in own.yaml beside it, which each build merges in';

/** The file for each tool, in its folder, and the function that generates it. */
const GENERATORS: Readonly<Record<IacTool, Generator>> = {
  sam: { name: 'template.yaml', comment: '#', changes: OWN_TEMPLATE, generate: toSam },
  cloudformation: { name: 'cloudformation.yaml', comment: '#', changes: OWN_TEMPLATE, generate: toCloudFormation },
  terraform: {
    name: 'main.tf',
    comment: '#',
    changes: 'changes belong in files beside it: resources in any .tf file, other arguments in own_override.tf',
    generate: toTerraform,
  },
  cdk: {
    name: 'stack.ts',
    comment: '//',
    changes: 'changes belong in cdk.ts beside it, in the class that extends this one',
    generate: toCdk,
    own: { name: 'cdk.ts', generate: toCdkApp },
  },
};

/**
 * Generates a tool's file for a function, its role, its logs and its gateway. That of a stage is in a folder of its own.
 *
 * @throws CommandError if the gateway does not support the settings
 */
export function generateDeployFile(tool: IacTool, settings: FunctionSettings, extras: TemplateExtras = {}): DeployFile {
  checkDeployment(settings);
  const { generate, name, comment, changes } = GENERATORS[tool];
  return { comment, changes, name: pathOf(name, settings), content: generate(settings, extras) };
}

/**
 * The files of a deployment: that of `generateDeployFile`, and what its user continues with.
 *
 * @throws CommandError if the gateway does not support the settings
 */
export function generateDeployFiles(
  tool: IacTool,
  settings: FunctionSettings,
  extras: TemplateExtras = {},
): DeployFile[] {
  const file = generateDeployFile(tool, settings, extras);
  const { own, name } = GENERATORS[tool];
  if (own === undefined) return [file];
  return [file, { ...file, name: pathOf(own.name, settings), content: own.generate(settings), uses: name }];
}

function pathOf(name: string, { stage }: FunctionSettings): string {
  return stage === undefined ? `deploy/${name}` : `deploy/${stage}/${name}`;
}
