import type { FunctionSettings } from '../../config/function-settings.js';
import { cdkAlarms } from './cdk-alarms.js';
import { cdkQueues, cdkSchedules } from './cdk-events.js';
import { cdkFunction } from './cdk-function.js';
import { CDK_GATEWAYS } from './cdk-gateways.js';
import type { CdkPart } from './cdk-part.js';
import { cdkRole } from './cdk-role.js';
import { indented, textLiteral } from './literal.js';

/** Generates a module with a CDK stack: the function, its gateway, and what the settings add. */
export function toCdk(settings: FunctionSettings): string {
  const parts = [
    ...tags(settings),
    cdkRole(settings),
    cdkFunction(settings),
    ...CDK_GATEWAYS[settings.gateway](settings),
    cdkSchedules(settings),
    cdkQueues(settings),
    cdkAlarms(settings),
  ].filter((part) => part !== undefined);
  const fields = Object.entries(Object.assign({}, ...parts.map(({ fields }) => fields)) as Record<string, string>);
  const bodies = parts.map(({ body }) => body);
  return `${imports(parts)}
import type { Construct } from 'constructs';

/** The function, its gateway and its logs. cdk.ts deploys it, and may add to it. */
export class AppStack extends cdk.Stack {
${fields.map(([name, type]) => `  readonly ${name}: ${type};\n`).join('')}
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);

${indented(bodies.join('\n').trimEnd(), 4)}
  }
}
`;
}

/** Generates the module that deploys the stack, which its users then own. */
export function toCdkApp({ functionName }: FunctionSettings): string {
  return `// This file is yours: twodoors writes it once. What the settings say is in stack.ts, which twodoors keeps up to date.
import * as cdk from 'aws-cdk-lib';
import { AppStack } from './stack.ts';

/** What the settings do not have. */
class Stack extends AppStack {
  constructor(scope: cdk.App, id: string) {
    super(scope, id);
    // Such as: new dynamodb.TableV2(this, 'Orders', { … }).grantReadWriteData(this.function);
  }
}

new Stack(new cdk.App(), ${textLiteral(toStackName(functionName))});
`;
}

/** Node.js's modules first, then CDK's, in the order of their names. */
function imports(parts: readonly CdkPart[]): string {
  const all = Object.entries(
    Object.assign({ '* as cdk': 'aws-cdk-lib' }, ...parts.map(({ imports }) => imports)) as Record<string, string>,
  );
  const key = (module: string) => (module.startsWith('node:') ? `0${module}` : `1${module}`);
  return all
    .sort(([, one], [, two]) => (key(one) < key(two) ? -1 : 1))
    .map(([names, module]) => `import ${names} from '${module}';`)
    .join('\n');
}

function tags({ tags }: FunctionSettings): CdkPart[] {
  const lines = Object.entries(tags).map(
    ([name, value]) => `cdk.Tags.of(this).add(${textLiteral(name)}, ${textLiteral(value)});\n`,
  );
  return lines.length === 0 ? [] : [{ body: lines.join('') }];
}

/** The name of a stack consists of letters, digits and hyphens, and starts with a letter. */
function toStackName(functionName: string): string {
  return functionName.replaceAll('_', '-').replace(/^(?=[^A-Za-z])/, 'app-');
}
