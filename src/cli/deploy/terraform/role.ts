import type { PolicyStatement } from '../../config/deployment-config.js';
import type { FunctionSettings } from '../../config/function-settings.js';
import { ROLE_ACTIONS } from '../role-actions.js';
import { type Argument, block, map, quoted, textList } from './hcl.js';

/** The log group, whose logs expire, and a role that may write to it, and what the settings add. */
export function logsAndRole(settings: FunctionSettings): string {
  const { functionName, logRetentionInDays } = settings;
  const others = otherPolicies(settings);
  const comment =
    others.length > 0
      ? 'The function may write its own logs.'
      : 'The function may only write its own logs. Add the permissions that your app needs here.';
  return [
    block('resource "aws_cloudwatch_log_group" "app"', [
      ['name', quoted(`/aws/lambda/${functionName}`)],
      ['retention_in_days', logRetentionInDays],
    ]),
    block('resource "aws_iam_role" "app"', [
      ['name_prefix', quoted(`${functionName.slice(0, 37)}-`)],
      ['assume_role_policy', document([TRUST])],
    ]),
    `# ${comment}\n${rolePolicy('app', 'logs', [
      { actions: ROLE_ACTIONS.logs, resources: '"${aws_cloudwatch_log_group.app.arn}:*"' },
    ])}`,
    ...others,
  ].join('\n');
}

const TRUST: readonly Argument[] = [
  ['Effect', '"Allow"'],
  ['Principal', '{ Service = "lambda.amazonaws.com" }'],
  ['Action', '"sts:AssumeRole"'],
];

/** A statement whose resources are an expression. */
interface Statement extends Pick<PolicyStatement, 'effect' | 'actions'> {
  readonly resources: string;
}

function otherPolicies({ tracing, vpc, queues, policies }: FunctionSettings): string[] {
  const own = policies.map(({ resources, ...rest }) => ({ ...rest, resources: textList(resources) }));
  const queueArns = textList([...new Set(queues.map(({ arn }) => arn))]);
  return [
    tracing ? rolePolicy('tracing', 'tracing', [{ actions: ROLE_ACTIONS.tracing, resources: '"*"' }]) : undefined,
    vpc === undefined
      ? undefined
      : rolePolicy('network', 'network', [{ actions: ROLE_ACTIONS.network, resources: '"*"' }]),
    queues.length > 0
      ? rolePolicy('queues', 'queues', [{ actions: ROLE_ACTIONS.queues, resources: queueArns }])
      : undefined,
    own.length > 0 ? rolePolicy('settings', 'settings', own) : undefined,
  ].filter((policy) => policy !== undefined);
}

function rolePolicy(address: string, name: string, statements: readonly Statement[]): string {
  return block(`resource "aws_iam_role_policy" ${quoted(address)}`, [
    ['name', quoted(name)],
    ['role', 'aws_iam_role.app.id'],
    [
      'policy',
      document(
        statements.map(({ effect = 'Allow', actions, resources }) => [
          ['Effect', quoted(effect)],
          ['Action', textList(actions)],
          ['Resource', resources],
        ]),
      ),
    ],
  ]);
}

/** A policy document. */
function document(statements: readonly (readonly Argument[])[]): string {
  const objects = statements.map(map);
  const list = objects.length === 1 ? `[${objects[0]}]` : `[\n  ${objects.join(',\n').replaceAll('\n', '\n  ')}\n]`;
  const content = map([
    ['Version', '"2012-10-17"'],
    ['Statement', list],
  ]);
  return `jsonencode(${content})`;
}
