import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CorsConfig, LambdaConfig } from '../../src/cli/config/config.js';
import { functionSettings } from '../../src/cli/config/function-settings.js';
import type { DeployedGateway } from '../../src/cli/config/gateways.js';
import type { IacTool } from '../../src/cli/deploy/deployment.js';
import { generateDeployFiles } from '../../src/cli/deploy/generate.js';

/** One generated file: a tool, a gateway, and whether the function streams. */
export interface Combination {
  readonly tool: IacTool;
  readonly gateway: DeployedGateway;
  readonly isStreaming: boolean;
  /** `sam-url-streaming`. */
  readonly name: string;
}

const GATEWAYS = [
  ['url', false],
  ['url', true],
  ['http', false],
  ['rest', false],
  ['rest', true],
  ['alb', false],
] as const;

/** Every combination. */
export const combinations: readonly Combination[] = (['sam', 'cloudformation', 'terraform', 'cdk'] as const).flatMap(
  (tool) =>
    GATEWAYS.map(([gateway, isStreaming]) => ({
      tool,
      gateway,
      isStreaming,
      name: `${tool}-${gateway}${isStreaming ? '-streaming' : ''}`,
    })),
);

/** Values that a generated file must escape, because YAML 1.1, HCL or TypeScript would read them differently. */
export const ENVIRONMENT = {
  STAGE: 'on',
  NUMBER: '0123',
  DATE: '2026-01-01',
  EMPTY: '',
  SPELLED: `it's a "quote", \\ \${path.module} $\${x} %{if} {{y}} # é\n second line\t\u2028 *&!`,
};

export const CORS: CorsConfig = {
  allowOrigins: ['https://www.example.com'],
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['content-type'],
  exposeHeaders: ['x-total'],
  maxAge: 600,
  allowCredentials: true,
};

/** Settings that differ from the defaults, so that each one shows. */
export const LAMBDA: LambdaConfig = {
  functionName: 'my_app',
  runtime: 'nodejs22.x',
  architecture: 'x86_64',
  memorySize: 1024,
  timeout: 17,
  logRetentionInDays: 90,
  environment: ENVIRONMENT,
};

/** Generates each file in a separate folder below `root`, and the zip that they refer to. */
export function writeDeployFiles(root: string): void {
  mkdirSync(join(root, 'build'), { recursive: true });
  writeFileSync(join(root, 'build/lambda.zip'), 'a zip');
  for (const { tool, gateway, isStreaming, name } of combinations) {
    const cors = gateway === 'url' || gateway === 'http' ? CORS : undefined;
    const settings = functionSettings({ lambda: { ...LAMBDA, gateway, streaming: isStreaming, cors } }, 'app');
    mkdirSync(join(root, name), { recursive: true });
    for (const file of generateDeployFiles(tool, settings)) {
      writeFileSync(join(root, name, basename(file.name)), file.content);
    }
  }
}
