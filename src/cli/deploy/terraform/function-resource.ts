import { type FunctionSettings, HANDLER } from '../../config/function-settings.js';
import { zipPath } from '../deployment.js';
import { parseSecretReference } from '../secret-reference.js';
import { type Argument, block, map, quoted, textList } from './hcl.js';

/** The function, its alias, and the secrets that it gets. */
export function functionResource(settings: FunctionSettings): string {
  return [lambdaFunction(settings), alias(settings), secretValues(settings)]
    .filter((part) => part !== undefined)
    .join('\n');
}

function lambdaFunction(settings: FunctionSettings): string {
  const { functionName, runtime, architecture, memorySize, timeoutSeconds, layers, vpc } = settings;
  const zip = `"\${path.module}/${zipPath(settings)}"`;
  return block(
    'resource "aws_lambda_function" "app"',
    [
      ['function_name', quoted(functionName)],
      ['filename', zip],
      ['source_code_hash', `filebase64sha256(${zip})`],
      ['handler', quoted(HANDLER)],
      ['runtime', quoted(runtime)],
      ['architectures', textList([architecture])],
      ['memory_size', memorySize],
      ['timeout', timeoutSeconds],
      ['role', 'aws_iam_role.app.arn'],
      ['reserved_concurrent_executions', settings.reservedConcurrency],
      ['publish', settings.alias === undefined ? undefined : true],
      ['layers', layers.length === 0 ? undefined : textList(layers)],
      // Lambda checks when the function is created whether its role may make network interfaces, and needs it to the end.
      ['depends_on', vpc === undefined ? undefined : '[aws_iam_role_policy.network]'],
    ],
    [
      block('logging_config', [
        ['log_format', settings.logFormat === 'json' ? '"JSON"' : '"Text"'],
        ['application_log_level', level(settings.logLevel)],
        ['system_log_level', level(settings.systemLogLevel)],
        ['log_group', 'aws_cloudwatch_log_group.app.name'],
      ]),
      settings.tracing ? block('tracing_config', [['mode', '"Active"']]) : undefined,
      vpc === undefined
        ? undefined
        : block('vpc_config', [
            ['subnet_ids', textList(vpc.subnetIds)],
            ['security_group_ids', textList(vpc.securityGroupIds)],
          ]),
      environmentBlock(settings),
    ],
  );
}

function level(name: string | undefined): string | undefined {
  return name === undefined ? undefined : quoted(name.toUpperCase());
}

function environmentBlock({ environment, secrets }: FunctionSettings): string | undefined {
  const variables = [
    ...Object.entries(environment).map(([name, value]): Argument => [name, quoted(value)]),
    ...Object.entries(secrets).map(([name, reference]): Argument => [name, secretExpression(reference)]),
  ];
  if (variables.length === 0) return undefined;
  return block('environment', [['variables', map(variables)]]);
}

function secretExpression(reference: string): string {
  const { id, key } = parseSecretReference(reference);
  const value = `data.aws_secretsmanager_secret_version.app[${quoted(id)}].secret_string`;
  return key === undefined ? value : `jsondecode(${value})[${quoted(key)}]`;
}

/** Reads the secrets, whose values are then in Terraform's state. */
function secretValues({ secrets }: FunctionSettings): string | undefined {
  const ids = new Set(Object.values(secrets).map((reference) => parseSecretReference(reference).id));
  if (ids.size === 0) return undefined;
  const data = block('data "aws_secretsmanager_secret_version" "app"', [
    ['for_each', `toset(${textList([...ids])})`],
    ['secret_id', 'each.key'],
  ]);
  return `# Terraform's state contains these values as plain text: restrict who may read it.\n${data}`;
}

function alias({ alias }: FunctionSettings): string | undefined {
  if (alias === undefined) return undefined;
  const resource = block('resource "aws_lambda_alias" "app"', [
    ['name', quoted(alias)],
    ['function_name', 'aws_lambda_function.app.function_name'],
    ['function_version', 'aws_lambda_function.app.version'],
  ]);
  return `# Each deployment publishes a version. To go back, point the alias to an earlier one.\n${resource}`;
}
