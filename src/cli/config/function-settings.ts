import type { BundleFormat, Config, CorsConfig, LambdaRuntime } from './config.js';
import type { DeployedGateway } from './gateways.js';

/** The Lambda function as it is deployed: the config, with every default filled in. */
export interface FunctionSettings {
  readonly functionName: string;
  readonly runtime: LambdaRuntime;
  readonly architecture: 'arm64' | 'x86_64';
  /** In MB. */
  readonly memorySize: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logRetentionInDays: number;
  readonly gateway: DeployedGateway;
  readonly streaming: boolean;
  readonly cors: CorsConfig | undefined;
  readonly format: BundleFormat;
  readonly external: readonly string[];
}

/** The module and the export that Lambda calls, in both formats. */
export const HANDLER = 'index.handler';

/**
 * Fills in the defaults of a config.
 *
 * @param packageName the `name` in package.json, the default name of the function
 */
export function functionSettings({ lambda = {} }: Config, packageName: string): FunctionSettings {
  return {
    functionName: lambda.functionName ?? toFunctionName(packageName),
    runtime: lambda.runtime ?? 'nodejs22.x',
    architecture: lambda.architecture ?? 'arm64',
    // Node.js takes some 80 MB. A third of a core is enough for a small app, at half the price of 1,024 MB.
    memorySize: lambda.memorySize ?? 512,
    timeoutSeconds: lambda.timeout ?? 29,
    environment: lambda.environment ?? {},
    logRetentionInDays: lambda.logRetentionInDays ?? 30,
    gateway: lambda.gateway ?? 'url',
    streaming: lambda.streaming ?? false,
    cors: lambda.cors,
    format: lambda.format ?? 'cjs',
    external: lambda.external ?? [],
  };
}

/** `@scope/my.app` becomes `my-app`: letters, digits, hyphens and underscores, at most 64 (Lambda, CreateFunction). */
function toFunctionName(packageName: string): string {
  const name = packageName.replace(/^@[^/]*\//, '').replace(/[^A-Za-z0-9_-]+/g, '-');
  return name.slice(0, 64) || 'app';
}
