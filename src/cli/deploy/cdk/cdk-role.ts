import type { PolicyStatement } from '../../config/deployment-config.js';
import type { FunctionSettings } from '../../config/function-settings.js';
import { ROLE_ACTIONS } from '../role-actions.js';
import type { CdkPart } from './cdk-part.js';
import { listLiteral, objectLiteral, textLiteral } from './literal.js';

/** The log group, whose logs expire, and a role that may write to it, and what the settings add. */
export function cdkRole(settings: FunctionSettings): CdkPart {
  const { functionName, logRetentionInDays, policies, vpc } = settings;
  const statements = [...(vpc === undefined ? [] : [NETWORK]), ...policies].map(statement);
  const comment =
    statements.length > 0
      ? '// The function may write its own logs, and what follows.'
      : '// The function may only write its own logs. Grant other permissions in cdk.ts.';
  return {
    imports: { '* as iam': 'aws-cdk-lib/aws-iam', '* as logs': 'aws-cdk-lib/aws-logs' },
    fields: { logGroup: 'logs.LogGroup', role: 'iam.Role' },
    body: `${logGroup('this.logGroup', 'LogGroup', `/aws/lambda/${functionName}`, logRetentionInDays)}
${comment}
this.role = new iam.Role(this, 'Role', {
  assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
});
this.logGroup.grantWrite(this.role);
${statements.join('')}`,
  };
}

/** The statement that makes a log group. */
export function logGroup(variable: string, id: string, name: string, retentionInDays: number): string {
  return `${variable} = new logs.LogGroup(this, '${id}', ${objectLiteral([
    ['logGroupName', textLiteral(name)],
    ['retention', retentionInDays],
    ['removalPolicy', 'cdk.RemovalPolicy.DESTROY'],
  ])});
`;
}

const NETWORK: PolicyStatement = { actions: ROLE_ACTIONS.network, resources: ['*'] };

function statement({ effect, actions, resources }: PolicyStatement): string {
  return `this.role.addToPolicy(
  new iam.PolicyStatement(${objectLiteral([
    ['effect', effect === 'Deny' ? 'iam.Effect.DENY' : undefined],
    ['actions', listLiteral(actions.map(textLiteral))],
    ['resources', listLiteral(resources.map(textLiteral))],
  ]).replaceAll('\n', '\n  ')}),
);
`;
}
