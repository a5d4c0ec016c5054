import type { PolicyStatement } from '../../config/config.js';
import type { FunctionSettings } from '../../config/function-settings.js';
import { ROLE_ACTIONS } from '../role-actions.js';
import type { TemplatePart } from './template-part.js';
import { getAtt, type TemplateValue } from './yaml-template.js';

/** The log group, whose logs expire, and a role that may only write to it and do what the settings need. */
export function logsAndRole(settings: FunctionSettings): TemplatePart {
  const { functionName, logRetentionInDays } = settings;
  return {
    resources: {
      LogGroup: {
        Type: 'AWS::Logs::LogGroup',
        Properties: { LogGroupName: `/aws/lambda/${functionName}`, RetentionInDays: logRetentionInDays },
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
          Policies: policiesOf(settings),
        },
      },
    },
    comments: {
      'Resources.Role':
        'The function may write its own logs, and what the settings need. "lambda.policies" adds what your app needs.',
    },
  };
}

function policiesOf({ tracing, vpc, queues, policies }: FunctionSettings): TemplateValue[] {
  return [
    policy('logs', [allow(ROLE_ACTIONS.logs, getAtt('LogGroup.Arn'))]),
    ...(tracing ? [policy('tracing', [allow(ROLE_ACTIONS.tracing, '*')])] : []),
    ...(vpc === undefined ? [] : [policy('vpc', [allow(ROLE_ACTIONS.network, '*')])]),
    ...(queues.length === 0
      ? []
      : [policy('queues', [allow(ROLE_ACTIONS.queues, [...new Set(queues.map(({ arn }) => arn))])])]),
    ...(policies.length === 0 ? [] : [policy('app', policies.map(toStatement))]),
  ];
}

function policy(name: string, statements: readonly TemplateValue[]): TemplateValue {
  return { PolicyName: name, PolicyDocument: { Version: '2012-10-17', Statement: statements } };
}

function allow(actions: readonly string[], resource: TemplateValue): TemplateValue {
  return { Effect: 'Allow', Action: actions, Resource: resource };
}

function toStatement({ effect = 'Allow', actions, resources }: PolicyStatement): TemplateValue {
  return { Effect: effect, Action: actions, Resource: resources };
}
