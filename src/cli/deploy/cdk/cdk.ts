import { type FunctionSettings, HANDLER } from '../../config/function-settings.js';
import { ZIP } from '../deployment.js';
import { CDK_GATEWAYS } from './cdk-gateways.js';
import { text } from './text.js';

/** What every stack imports, by its name there. */
const IMPORTS: Readonly<Record<string, string>> = {
  iam: 'aws-cdk-lib/aws-iam',
  lambda: 'aws-cdk-lib/aws-lambda',
  logs: 'aws-cdk-lib/aws-logs',
};

/** CDK's names of Lambda's runtimes. */
const RUNTIMES: Readonly<Record<FunctionSettings['runtime'], string>> = {
  'nodejs22.x': 'NODEJS_22_X',
  'nodejs24.x': 'NODEJS_24_X',
};

/** Generates a CDK app with the function and its gateway: one module, which can be run directly. */
export function toCdk(settings: FunctionSettings): string {
  const { functionName, runtime, architecture, memorySize, timeoutSeconds, environment, logRetentionInDays } = settings;
  const { imports, body } = CDK_GATEWAYS[settings.gateway](settings);
  const variables = Object.entries(environment).map(([name, value]) => `        ${name}: ${text(value)},\n`);
  const environmentLines = variables.length === 0 ? '' : `      environment: {\n${variables.join('')}      },\n`;
  const modules = Object.entries({ ...IMPORTS, ...imports }).sort(([, one], [, two]) => (one < two ? -1 : 1));
  return `import { fileURLToPath } from 'node:url';
import * as cdk from 'aws-cdk-lib';
${modules.map(([name, from]) => `import * as ${name} from '${from}';`).join('\n')}
import type { Construct } from 'constructs';

class AppStack extends cdk.Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      logGroupName: ${text(`/aws/lambda/${functionName}`)},
      retention: ${logRetentionInDays},
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });

    // The function may only write its own logs. Grant the permissions that your app needs here.
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);

    const app = new lambda.Function(this, 'Function', {
      functionName: ${text(functionName)},
      code: lambda.Code.fromAsset(fileURLToPath(new URL('${ZIP}', import.meta.url))),
      handler: '${HANDLER}',
      runtime: lambda.Runtime.${RUNTIMES[runtime]},
      architecture: lambda.Architecture.${architecture === 'arm64' ? 'ARM_64' : 'X86_64'},
      memorySize: ${memorySize},
      timeout: cdk.Duration.seconds(${timeoutSeconds}),
      role,
      logGroup,
${environmentLines}    });

${body}  }
}

new AppStack(new cdk.App(), ${text(toStackName(functionName))});
`;
}

/** The name of a stack consists of letters, digits and hyphens, and starts with a letter. */
function toStackName(functionName: string): string {
  return functionName.replaceAll('_', '-').replace(/^(?=[^A-Za-z])/, 'app-');
}
