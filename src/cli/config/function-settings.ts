import type { BundleFormat, Config, CorsConfig, LambdaConfig, LambdaRuntime, StageConfig } from './config.js';
import type { AlarmsConfig, DeploymentConfig } from './deployment-config.js';
import type { DeployedGateway } from './gateways.js';

/** The settings that are never undefined, since they have a default or may be empty. */
type Filled = 'tracing' | 'layers' | 'secrets' | 'policies' | 'tags' | 'logFormat' | 'urlAuth' | 'schedules' | 'queues';

/** What is deployed around the function, with every default filled in; undefined is what is not deployed. */
export type DeploymentSettings = Readonly<
  { [Name in Filled]: NonNullable<DeploymentConfig[Name]> } & Required<
    Omit<DeploymentConfig, Filled | 'alarms' | 'accessLogs'>
  > & {
      /** Thresholds; false is an alarm that is left out. */
      alarms: AlarmSettings | undefined;
      accessLogs: true | { readonly bucket: string; readonly prefix?: string | undefined } | undefined;
    }
>;

/** The thresholds of the alarms. */
export type AlarmSettings = Readonly<
  Record<'errors' | 'throttles' | 'p99' | 'serverErrors', number | false> & { topicArn: string | undefined }
>;

/** The Lambda function as it is deployed: the config, with every default filled in. */
export interface FunctionSettings extends DeploymentSettings {
  /** The name of the stage, which is the end of `functionName`. Default: the only deployment. */
  readonly stage: string | undefined;
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
  readonly zipPackages: readonly string[];
}

/** The module and the export that Lambda calls, in both formats. */
export const HANDLER = 'index.handler';

/**
 * Fills in the defaults of a config.
 *
 * @param packageName the `name` in package.json, the default name of the function
 * @param stage the name of one of its stages. Default: what all stages share
 */
export function functionSettings(config: Config, packageName: string, stage?: string): FunctionSettings {
  const lambda = stage === undefined ? (config.lambda ?? {}) : stageConfig(config.lambda ?? {}, packageName, stage);
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
    zipPackages: lambda.zipPackages ?? [],
    stage,
    ...deploymentSettings(lambda),
  };
}

/** The config of a stage: its own settings, and all others. Tags and variables are added up. */
function stageConfig(shared: LambdaConfig, packageName: string, stage: string): LambdaConfig {
  const own = Object.fromEntries(
    Object.entries(shared.stages?.[stage] ?? {}).filter(([, value]) => value !== undefined),
  ) as StageConfig;
  return {
    ...shared,
    ...own,
    functionName: `${shared.functionName ?? toFunctionName(packageName)}-${stage}`,
    environment: { STAGE: stage, ...shared.environment, ...own.environment },
    tags: { stage, ...shared.tags, ...own.tags },
    secrets: { ...shared.secrets, ...own.secrets },
  };
}

function deploymentSettings(lambda: LambdaConfig): DeploymentSettings {
  const { accessLogs = false } = lambda;
  return {
    reservedConcurrency: lambda.reservedConcurrency,
    tracing: lambda.tracing ?? false,
    alias: lambda.alias,
    layers: lambda.layers ?? [],
    secrets: lambda.secrets ?? {},
    policies: lambda.policies ?? [],
    vpc: lambda.vpc,
    tags: lambda.tags ?? {},
    logFormat: lambda.logFormat ?? 'text',
    logLevel: lambda.logLevel,
    systemLogLevel: lambda.systemLogLevel,
    urlAuth: lambda.urlAuth ?? 'none',
    domain: lambda.domain,
    throttling: lambda.throttling,
    accessLogs: accessLogs === false ? undefined : accessLogs,
    alarms: alarmSettings(lambda),
    schedules: lambda.schedules ?? [],
    queues: lambda.queues ?? [],
  };
}

function alarmSettings({ alarms = false, timeout = 29 }: LambdaConfig): AlarmSettings | undefined {
  if (alarms === false) return undefined;
  const given: AlarmsConfig = alarms === true ? {} : alarms;
  return {
    topicArn: given.topicArn,
    errors: given.errors ?? 1,
    throttles: given.throttles ?? 1,
    p99: given.p99 ?? timeout * 750,
    serverErrors: given.serverErrors ?? 5,
  };
}

/** `@scope/my.app` becomes `my-app`: letters, digits, hyphens and underscores, at most 64 (Lambda, CreateFunction). */
function toFunctionName(packageName: string): string {
  const name = packageName.replace(/^@[^/]*\//, '').replace(/[^A-Za-z0-9_-]+/g, '-');
  return name.slice(0, 64) || 'app';
}
