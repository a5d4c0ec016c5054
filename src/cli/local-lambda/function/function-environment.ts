import type { FunctionSettings } from '../../config/function-settings.js';

/** What a function on this machine may take of whoever runs it: where programs and credentials are. */
const PASSED_ON =
  /^(?:PATH|HOME|TMPDIR|TEMP|TMP|SYSTEMROOT|USERPROFILE|SSL_CERT_(?:FILE|DIR)|NODE_EXTRA_CA_CERTS|(?:HTTPS?|NO|ALL)_PROXY|AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|PROFILE|CONFIG_FILE|SHARED_CREDENTIALS_FILE|ENDPOINT_URL\w*))$/i;

/** What a sandbox needs to know, beside the function's settings. */
export interface SandboxPlace {
  readonly taskRoot: string;
  /** As in `index.handler`. */
  readonly handler: string;
  /** Where its Runtime API listens. */
  readonly runtimeApi: string;
  /** What Lambda calls this sandbox in its logs. */
  readonly logStream: string;
}

/**
 * The environment of a function: what Lambda sets, the function's own variables, and of this machine only what finds
 * programs and credentials.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function functionEnvironment(
  settings: FunctionSettings,
  { taskRoot, handler, runtimeApi, logStream }: SandboxPlace,
  own: Readonly<Record<string, string>>,
  machine: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const region = machine['AWS_REGION'] ?? machine['AWS_DEFAULT_REGION'] ?? 'us-east-1';
  const taken = Object.entries(machine).filter(([name, value]) => PASSED_ON.test(name) && value !== undefined);
  return {
    ...(Object.fromEntries(taken) as Record<string, string>),
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

/** The flags that Lambda's runtime starts Node with: the heap is what the memory size leaves. */
export function nodeFlags({ memorySize }: FunctionSettings): string[] {
  return [
    '--expose-gc',
    `--max-semi-space-size=${Math.max(1, Math.floor(memorySize * 0.05))}`,
    `--max-old-space-size=${Math.floor(memorySize * 0.9)}`,
  ];
}
