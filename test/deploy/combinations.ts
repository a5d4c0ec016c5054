import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CorsConfig, LambdaConfig } from '../../src/cli/config/config.js';
import { functionSettings } from '../../src/cli/config/function-settings.js';
import type { IacTool } from '../../src/cli/deploy/deployment.js';
import { describe } from '../../src/cli/deploy/describe.js';

/** One way to deploy. */
export interface Combination {
  readonly tool: IacTool;
  readonly front: NonNullable<LambdaConfig['front']>;
  readonly isStreaming: boolean;
  /** `sam-url-streaming`. */
  readonly name: string;
}

const FRONTS = [
  ['url', false],
  ['url', true],
  ['http', false],
  ['rest', false],
  ['rest', true],
  ['alb', false],
] as const;

/** All that there are. */
export const combinations: readonly Combination[] = (['sam', 'cloudformation', 'terraform', 'cdk'] as const).flatMap(
  (tool) =>
    FRONTS.map(([front, isStreaming]) => ({
      tool,
      front,
      isStreaming,
      name: `${tool}-${front}${isStreaming ? '-streaming' : ''}`,
    })),
);

/** What a description has to carry unharmed: what YAML 1.1, HCL or TypeScript would take for something else. */
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

/** What is deployed: nothing as it is by default, so that each shows. */
export const LAMBDA: LambdaConfig = {
  functionName: 'my_app',
  runtime: 'nodejs22.x',
  architecture: 'x86_64',
  memorySize: 1024,
  timeout: 17,
  logRetentionInDays: 90,
  environment: ENVIRONMENT,
};

/** Writes each description into a folder of its own below `root`, and a zip where they look for it. */
export function writeDescriptions(root: string): void {
  mkdirSync(join(root, 'build'), { recursive: true });
  writeFileSync(join(root, 'build/lambda.zip'), 'a zip');
  for (const { tool, front, isStreaming, name } of combinations) {
    const cors = front === 'url' || front === 'http' ? CORS : undefined;
    const settings = functionSettings({ lambda: { ...LAMBDA, front, streaming: isStreaming, cors } }, 'app');
    const file = describe(tool, settings);
    mkdirSync(join(root, name), { recursive: true });
    writeFileSync(join(root, name, basename(file.name)), file.content);
  }
}
