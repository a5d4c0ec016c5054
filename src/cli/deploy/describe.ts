import type { FunctionSettings } from '../config/function-settings.js';
import { toCdk } from './cdk/cdk.js';
import { toCloudFormation } from './cloudformation/cloudformation.js';
import { toSam } from './cloudformation/sam.js';
import type { DeployFile } from './deploy-file.js';
import { checkDeployment, type IacTool } from './deployment.js';
import { toTerraform } from './terraform/terraform.js';

/** How each tool is written for, and where its file is. */
const WRITERS: Readonly<
  Record<IacTool, Omit<DeployFile, 'content'> & { readonly write: (settings: FunctionSettings) => string }>
> = {
  sam: { name: 'deploy/template.yaml', comment: '#', write: toSam },
  cloudformation: { name: 'deploy/cloudformation.yaml', comment: '#', write: toCloudFormation },
  terraform: { name: 'deploy/main.tf', comment: '#', write: toTerraform },
  cdk: { name: 'deploy/cdk.ts', comment: '//', write: toCdk },
};

/**
 * Describes a function, its role, its logs and its front for a tool.
 *
 * @throws CommandError for what the front cannot do
 */
export function describe(tool: IacTool, settings: FunctionSettings): DeployFile {
  checkDeployment(settings);
  const { write, ...file } = WRITERS[tool];
  return { ...file, content: write(settings) };
}
