import { type FunctionSettings, HANDLER } from '../../config/function-settings.js';
import { zipPath } from '../deployment.js';
import { parseSecretReference } from '../secret-reference.js';
import type { CdkPart } from './cdk-part.js';
import { listLiteral, objectLiteral, type Property, textLiteral } from './literal.js';

/** CDK's names of Lambda's runtimes. */
const RUNTIMES: Readonly<Record<FunctionSettings['runtime'], string>> = {
  'nodejs22.x': 'NODEJS_22_X',
  'nodejs24.x': 'NODEJS_24_X',
};

/** The function, its VPC and its alias. */
export function cdkFunction(settings: FunctionSettings): CdkPart {
  const { alias } = settings;
  return {
    imports: { '* as lambda': 'aws-cdk-lib/aws-lambda', '{ fileURLToPath }': 'node:url' },
    fields: { function: 'lambda.Function', ...(alias === undefined ? {} : { alias: 'lambda.Alias' }) },
    body: `this.function = new lambda.Function(this, 'Function', ${objectLiteral([
      ...codeProperties(settings),
      ...limits(settings),
      ...logging(settings),
      ['tracing', settings.tracing ? 'lambda.Tracing.ACTIVE' : undefined],
      ['layers', layers(settings)],
      ['currentVersionOptions', alias === undefined ? undefined : '{ removalPolicy: cdk.RemovalPolicy.RETAIN }'],
      ['environment', environment(settings)],
    ])});
${network(settings)}${
  alias === undefined
    ? ''
    : `
// Each deployment publishes a version. To go back, point the alias to an earlier one.
this.alias = this.function.addAlias(${textLiteral(alias)});
// The gateway and the events call the alias. The cast is for exactOptionalPropertyTypes.
const invoked = this.alias as lambda.IFunction;
`
}`,
  };
}

function codeProperties(settings: FunctionSettings): Property[] {
  const { functionName, runtime, architecture } = settings;
  return [
    ['functionName', textLiteral(functionName)],
    ['code', `lambda.Code.fromAsset(fileURLToPath(new URL('${zipPath(settings)}', import.meta.url)))`],
    ['handler', textLiteral(HANDLER)],
    ['runtime', `lambda.Runtime.${RUNTIMES[runtime]}`],
    ['architecture', `lambda.Architecture.${architecture === 'arm64' ? 'ARM_64' : 'X86_64'}`],
  ];
}

function limits({ memorySize, timeoutSeconds, reservedConcurrency }: FunctionSettings): Property[] {
  return [
    ['memorySize', memorySize],
    ['timeout', `cdk.Duration.seconds(${timeoutSeconds})`],
    ['reservedConcurrentExecutions', reservedConcurrency],
  ];
}

function logging({ logFormat, logLevel, systemLogLevel }: FunctionSettings): Property[] {
  return [
    ['role', 'this.role'],
    ['logGroup', 'this.logGroup'],
    ['loggingFormat', logFormat === 'json' ? 'lambda.LoggingFormat.JSON' : undefined],
    [
      'applicationLogLevelV2',
      logLevel === undefined ? undefined : `lambda.ApplicationLogLevel.${logLevel.toUpperCase()}`,
    ],
    [
      'systemLogLevelV2',
      systemLogLevel === undefined ? undefined : `lambda.SystemLogLevel.${systemLogLevel.toUpperCase()}`,
    ],
  ];
}

function layers({ layers }: FunctionSettings): string | undefined {
  if (layers.length === 0) return undefined;
  return listLiteral(
    layers.map((arn, i) => `lambda.LayerVersion.fromLayerVersionArn(this, 'Layer${i + 1}', ${textLiteral(arn)})`),
  );
}

function environment({ environment, secrets }: FunctionSettings): string | undefined {
  const variables = [
    ...Object.entries(environment).map(([name, value]): Property => [name, textLiteral(value)]),
    ...Object.entries(secrets).map(([name, reference]): Property => [name, secretValue(reference)]),
  ];
  return variables.length === 0 ? undefined : objectLiteral(variables);
}

/** CDK writes a reference into the template, and not the value; "unsafe" is that whoever may read the function sees it. */
function secretValue(reference: string): string {
  const { id, key } = parseSecretReference(reference);
  const options = key === undefined ? '' : `, { jsonField: ${textLiteral(key)} }`;
  return `cdk.SecretValue.secretsManager(${textLiteral(id)}${options}).unsafeUnwrap()`;
}

function network({ vpc }: FunctionSettings): string {
  if (vpc === undefined) return '';
  const ids = (values: readonly string[]) => listLiteral(values.map(textLiteral));
  return `
// Set by ids: a Vpc of CDK would also need the VPC's id and its zones.
const cfnFunction = this.function.node.defaultChild as lambda.CfnFunction;
cfnFunction.vpcConfig = ${objectLiteral([
    ['subnetIds', ids(vpc.subnetIds)],
    ['securityGroupIds', ids(vpc.securityGroupIds)],
  ])};
`;
}
