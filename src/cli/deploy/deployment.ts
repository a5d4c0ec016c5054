import type { FunctionSettings } from '../config/function-settings.js';

/** The infrastructure-as-code tools that a file can be generated for. */
export const IAC_TOOLS = ['sam', 'cloudformation', 'terraform', 'cdk'] as const;

/** The name of an infrastructure-as-code tool. */
export type IacTool = (typeof IAC_TOOLS)[number];

/** The path of the zip, relative to the folder of the generated file: `deploy`, or that of the stage in it. */
export function zipPath({ stage }: FunctionSettings): string {
  return stage === undefined ? '../build/lambda.zip' : '../../build/lambda.zip';
}

/** The stage of a REST API. It is the first segment of the API's URL, but not part of the path that the app gets. */
export const STAGE = 'live';
