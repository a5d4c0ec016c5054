import type { GatewayName } from '../../runtime/gateways/gateway.js';
import type { BundleFormat, Config, CorsConfig, Front, LambdaRuntime } from './config.js';

/** The Lambda function as it is deployed: what the config says, and the default of all else. */
export interface FunctionSettings {
  readonly functionName: string;
  readonly runtime: LambdaRuntime;
  readonly architecture: 'arm64' | 'x86_64';
  /** In MB. */
  readonly memorySize: number;
  /** In seconds. */
  readonly timeout: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logRetentionInDays: number;
  readonly front: Front;
  readonly streaming: boolean;
  readonly cors: CorsConfig | undefined;
  readonly format: BundleFormat;
  readonly external: readonly string[];
}

/** The module and the export that Lambda calls, in each format. */
export const HANDLER = 'index.handler';

/**
 * What a config says of the Lambda function, with all defaults.
 *
 * @param packageName the `name` in package.json, which the function is called after
 */
export function functionSettings({ lambda = {} }: Config, packageName: string): FunctionSettings {
  return {
    functionName: lambda.functionName ?? toFunctionName(packageName),
    runtime: lambda.runtime ?? 'nodejs22.x',
    architecture: lambda.architecture ?? 'arm64',
    // Node takes some 80 MB. A third of a core is enough for small apps, at half the price of what needs a wait anyway.
    memorySize: lambda.memorySize ?? 512,
    timeout: lambda.timeout ?? 29,
    environment: lambda.environment ?? {},
    logRetentionInDays: lambda.logRetentionInDays ?? 30,
    front: lambda.front ?? 'url',
    streaming: lambda.streaming ?? false,
    cors: lambda.cors,
    format: lambda.format ?? 'cjs',
    external: lambda.external ?? [],
  };
}

/** The model of a front as it is deployed: load balancers have multi-value headers on. */
export function gatewayOf(front: Front): GatewayName {
  return front === 'alb' ? 'alb-multi' : front;
}

/** `@scope/my.app` is `my-app`: letters, digits, hyphens and underscores, at most 64 (Lambda, CreateFunction). */
function toFunctionName(packageName: string): string {
  const name = packageName.replace(/^@[^/]*\//, '').replace(/[^A-Za-z0-9_-]+/g, '-');
  return name.slice(0, 64) || 'app';
}
