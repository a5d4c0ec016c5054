import type { FunctionSettings } from '../config/function-settings.js';
import { toCdk } from './cdk/cdk.js';
import { checkDeployment } from './check-deployment.js';
import { toCloudFormation } from './cloudformation/cloudformation.js';
import { toSam } from './cloudformation/sam.js';
import type { DeployFile } from './deploy-file.js';
import type { IacTool } from './deployment.js';
import { toTerraform } from './terraform/terraform.js';

/** The file for each tool, and the function that generates it. */
const GENERATORS: Readonly<
  Record<IacTool, Omit<DeployFile, 'content'> & { readonly generate: (settings: FunctionSettings) => string }>
> = {
  sam: { name: 'deploy/template.yaml', comment: '#', generate: toSam },
  cloudformation: { name: 'deploy/cloudformation.yaml', comment: '#', generate: toCloudFormation },
  terraform: { name: 'deploy/main.tf', comment: '#', generate: toTerraform },
  cdk: { name: 'deploy/cdk.ts', comment: '//', generate: toCdk },
};

/**
 * Generates a tool's file for a function, its role, its logs and its gateway.
 *
 * @throws CommandError if the gateway does not support the settings
 */
export function generateDeployFile(tool: IacTool, settings: FunctionSettings): DeployFile {
  checkDeployment(settings);
  const { generate, ...file } = GENERATORS[tool];
  return { ...file, content: generate(settings) };
}
