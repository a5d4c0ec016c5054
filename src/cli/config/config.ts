/** Node's runtimes on Lambda that a bundle runs on, by AWS's identifiers. */
export type LambdaRuntime = 'nodejs22.x' | 'nodejs24.x';

/** What stands before the function: a Function URL, API Gateway's HTTP or REST API, or an Application Load Balancer. */
export type Front = 'url' | 'http' | 'rest' | 'alb';

/** The form of the Lambda bundle: CommonJS, which loads faster, or ES modules, which may wait at top level. */
export type BundleFormat = 'cjs' | 'esm';

/**
 * How a Function URL or an HTTP API answers browsers of other origins, by itself: it answers their preflights, which the
 * app never sees. The names are AWS's.
 */
export interface CorsConfig {
  /** `*`, `https://*` and `http://*`, or origins such as `https://www.example.com`. */
  readonly allowOrigins?: readonly string[] | undefined;
  /** Such as `GET`, or `*`. */
  readonly allowMethods?: readonly string[] | undefined;
  /** What a request may send beyond the plainest, such as `content-type`. */
  readonly allowHeaders?: readonly string[] | undefined;
  /** What of the answer's headers scripts may read. */
  readonly exposeHeaders?: readonly string[] | undefined;
  /** How long a browser may keep what it was told, in seconds, at most 86,400. */
  readonly maxAge?: number | undefined;
  /** Whether cookies go along. It needs origins that are named. */
  readonly allowCredentials?: boolean | undefined;
}

/** The Lambda function: how its bundle is made, and what it is deployed with. */
export interface LambdaConfig {
  /** Default: the name in package.json. */
  readonly functionName?: string | undefined;
  /** Default: `nodejs22.x`. */
  readonly runtime?: LambdaRuntime | undefined;
  /** Default: `arm64`, which costs a fifth less. */
  readonly architecture?: 'arm64' | 'x86_64' | undefined;
  /** In MB, 128 to 10,240; CPU comes with it, 1,769 MB being one core. Default: 512. */
  readonly memorySize?: number | undefined;
  /** How long a request may take, in seconds, 1 to 900. Default: 29, which is what API Gateway waits. */
  readonly timeout?: number | undefined;
  /**
   * The function's environment variables. They can be read by whoever may read the function: secrets belong into Secrets
   * Manager or Parameter Store. What is in `.env` is not among them.
   */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** How long CloudWatch keeps the logs, in days. Default: 30. */
  readonly logRetentionInDays?: number | undefined;
  /** What stands before the function. Default: `url`. */
  readonly front?: Front | undefined;
  /** Whether answers stream: the bootstrap then exports a `createStreamingHandler`. For `url` and `rest`. Default: false. */
  readonly streaming?: boolean | undefined;
  /** For `url` and `http`. Default: none. An app's own middleware does the same behind every front. */
  readonly cors?: CorsConfig | undefined;
  /** Default: `cjs`. */
  readonly format?: BundleFormat | undefined;
  /** Packages that stay out of the bundle, such as those of a layer; `@aws-sdk/*` is in the runtime anyway. */
  readonly external?: readonly string[] | undefined;
}

/** What `twodoors.config.ts` exports by default. Options of the command go before it. */
export interface Config {
  /** The folders of views that a bundle is built with, relative to the project. Default: `src/views`. */
  readonly views?: readonly string[] | undefined;
  /** The folder of files that go beside the built code as `public/`. Default: `src/public`, where there is one. */
  readonly public?: string | undefined;
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
 * export default defineConfig({ lambda: { memorySize: 1024, front: 'http', environment: { STAGE: 'live' } } });
 * ```
 */
export function defineConfig(config: Config): Config {
  return config;
}
