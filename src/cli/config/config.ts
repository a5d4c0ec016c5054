import type { DeploymentConfig } from './deployment-config.js';
import type { DeployedGateway } from './gateways.js';

export type {
  AlarmsConfig,
  DeploymentConfig,
  DomainConfig,
  PolicyStatement,
  QueueConfig,
  ScheduleConfig,
  ThrottlingConfig,
  VpcConfig,
} from './deployment-config.js';
export type { DeployedGateway };

/** The Node.js runtimes of Lambda that a bundle runs on, by AWS's identifiers. */
export type LambdaRuntime = 'nodejs22.x' | 'nodejs24.x';

/** The format of the Lambda bundle: CommonJS, which loads faster, or ES modules, which can use `await` at top level. */
export type BundleFormat = 'cjs' | 'esm';

/**
 * The CORS settings of a Function URL or an HTTP API, with AWS's names. The gateway itself replies to preflight requests,
 * so the app never sees them.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export interface CorsConfig {
  /** `*`, `https://*` and `http://*`, or origins such as `https://www.example.com`. */
  readonly allowOrigins?: readonly string[] | undefined;
  /** Such as `GET`, or `*`. */
  readonly allowMethods?: readonly string[] | undefined;
  /** The request headers that a script may set, such as `content-type`. */
  readonly allowHeaders?: readonly string[] | undefined;
  /** The response headers that a script may read. */
  readonly exposeHeaders?: readonly string[] | undefined;
  /** How long a browser may cache the reply to a preflight, in seconds, at most 86,400. */
  readonly maxAge?: number | undefined;
  /** Whether browsers send cookies. If true, `allowOrigins` must name each origin. */
  readonly allowCredentials?: boolean | undefined;
}

/** The Lambda function: how it is bundled and deployed. */
export interface LambdaConfig extends DeploymentConfig {
  /** Default: the name in package.json. */
  readonly functionName?: string | undefined;
  /** Default: `nodejs22.x`. */
  readonly runtime?: LambdaRuntime | undefined;
  /** Default: `arm64`, which costs a fifth less. */
  readonly architecture?: 'arm64' | 'x86_64' | undefined;
  /** In MB, 128 to 10,240. CPU grows with memory: 1,769 MB is one core. Default: 512. */
  readonly memorySize?: number | undefined;
  /** How long a request may take, in seconds, 1 to 900. Default: 29, which is how long API Gateway waits. */
  readonly timeout?: number | undefined;
  /**
   * The environment variables of the function. Everybody who may read the function can read them: keep secrets in Secrets
   * Manager or Parameter Store. The variables in `.env` are not added.
   */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** How long CloudWatch keeps the logs, in days. Default: 30. */
  readonly logRetentionInDays?: number | undefined;
  /** The gateway in front of the function. Default: `url`. */
  readonly gateway?: DeployedGateway | undefined;
  /**
   * Whether replies are streamed: then the bootstrap must export a `createStreamingHandler`. Only for the gateways `url`
   * and `rest`. Default: false.
   */
  readonly streaming?: boolean | undefined;
  /** Only for the gateways `url` and `http`. Default: none. A middleware in the app does the same behind every gateway. */
  readonly cors?: CorsConfig | undefined;
  /** Default: `cjs`. */
  readonly format?: BundleFormat | undefined;
  /** Packages to leave out of the bundle, such as those of a layer. `@aws-sdk/*` is always left out: Lambda has it. */
  readonly external?: readonly string[] | undefined;
  /**
   * Packages that lie in the zip as they are installed, with what they depend on, and not in the bundle: those with native
   * code, installed for Lambda's Linux. Default: none.
   */
  readonly zipPackages?: readonly string[] | undefined;
  /**
   * Several deployments of one app in one account, by name: what each has of its own. The name is added to that of the
   * function, as in `hello-prod`, and so to its logs. `--iac` writes a file for each, below `deploy/NAME/`. Default: one
   * deployment, without a name.
   */
  readonly stages?: Readonly<Record<string, StageConfig>> | undefined;
}

/**
 * What a stage has of its own; all else is as in `lambda`. `environment`, `secrets` and `tags` are added up. The environment
 * variable `STAGE` and the tag `stage` are the name of the stage, unless they are given.
 */
export type StageConfig = Omit<LambdaConfig, 'stages' | 'functionName' | 'format' | 'external' | 'zipPackages'>;

/** The server of the Koa door: how it is bundled. */
export interface KoaConfig {
  /**
   * Whether `twodoors build koa` puts the packages of the app into `build/koa`, so that it needs nothing but Node.js.
   * Packages with native code always stay outside. Default: true.
   */
  readonly bundle?: boolean | undefined;
  /**
   * Packages that stay in node_modules, such as those that instrumentation patches when they are loaded. Their names and
   * versions are in `build/koa/package.json`. Default: none.
   */
  readonly external?: readonly string[] | undefined;
}

/** The default export of `twodoors.config.ts`. Flags of the command override it. */
export interface Config {
  /** The folders of views to put into the Lambda bundle, relative to the project. Default: `src/views`. */
  readonly views?: readonly string[] | undefined;
  /**
   * The folder of static files to copy beside the built code as `public/`, or several. The Lambda build adds the `public`
   * folders of the app. Default: `src/public`, if it exists.
   */
  readonly public?: string | readonly string[] | undefined;
  readonly koa?: KoaConfig | undefined;
  readonly lambda?: LambdaConfig | undefined;
}

/**
 * Gives `twodoors.config.ts` its types.
 *
 * @example
 * ```ts
 * // twodoors.config.ts
 * import { defineConfig } from 'twodoors/config';
 *
 * export default defineConfig({ lambda: { memorySize: 1024, gateway: 'http', environment: { STAGE: 'live' } } });
 * ```
 */
export function defineConfig(config: Config): Config {
  return config;
}
