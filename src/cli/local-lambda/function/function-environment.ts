import type { FunctionSettings } from '../../config/function-settings.js';

/** The variables of this machine that a function gets: those that locate programs, certificates and credentials. */
const INHERITED =
  /^(?:PATH|HOME|TMPDIR|TEMP|TMP|SYSTEMROOT|USERPROFILE|SSL_CERT_(?:FILE|DIR)|NODE_EXTRA_CA_CERTS|(?:HTTPS?|NO|ALL)_PROXY|AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|PROFILE|CONFIG_FILE|SHARED_CREDENTIALS_FILE|ENDPOINT_URL\w*))$/i;

/** What the environment of a sandbox says, in addition to the settings of the function. */
export interface SandboxIdentity {
  /** The folder with the code, absolute. */
  readonly taskRoot: string;
  /** Such as `index.handler`. */
  readonly handler: string;
  /** The host and port of its Runtime API. */
  readonly runtimeApi: string;
  /** The name of its log stream. */
  readonly logStream: string;
}

/**
 * The environment of a function: the variables that Lambda sets, the function's own, and of this machine only those that
 * locate programs, certificates and credentials.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function functionEnvironment(
  settings: FunctionSettings,
  { taskRoot, handler, runtimeApi, logStream }: SandboxIdentity,
  own: Readonly<Record<string, string>>,
  machine: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const region = machine['AWS_REGION'] ?? machine['AWS_DEFAULT_REGION'] ?? 'us-east-1';
  const inherited = Object.entries(machine).filter(([name, value]) => INHERITED.test(name) && value !== undefined);
  return {
    ...(Object.fromEntries(inherited) as Record<string, string>),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...settings.environment,
    ...own,
    _HANDLER: handler,
    LAMBDA_TASK_ROOT: taskRoot,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: settings.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
  };
}

/** The flags with which Lambda starts Node.js. The memory size limits the heap. */
export function nodeFlags({ memorySize }: FunctionSettings): string[] {
  return [
    '--expose-gc',
    `--max-semi-space-size=${Math.max(1, Math.floor(memorySize * 0.05))}`,
    `--max-old-space-size=${Math.floor(memorySize * 0.9)}`,
  ];
}
