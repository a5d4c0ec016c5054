import type { FunctionSettings } from '../../config/function-settings.js';
import { accessLogGroup } from '../access-log.js';
import { STAGE } from '../deployment.js';
import { accessLogFormat } from './access-log-format.js';
import { DOMAIN_IMPORTS, domainProperties, domainRecord, TARGET_IMPORTS } from './cdk-domain.js';
import { type CdkPart, invokedFunction } from './cdk-part.js';
import { logGroup } from './cdk-role.js';
import { objectLiteral, textLiteral } from './literal.js';

/** A REST API that passes every request to the function. */
export function restApi(settings: FunctionSettings): CdkPart[] {
  const { functionName, streaming, timeoutSeconds, domain } = settings;
  return [
    ...accessLogs(settings),
    {
      imports: { '* as apigateway': 'aws-cdk-lib/aws-apigateway' },
      fields: { api: 'apigateway.LambdaRestApi' },
      body: `// Every path and method goes to the function: the app routes them.
this.api = new apigateway.LambdaRestApi(this, 'Api', {
  restApiName: ${textLiteral(functionName)},
  handler: ${invokedFunction(settings)},
  // Without this, binary bodies arrive corrupted.
  binaryMediaTypes: ['*/*'],
  integrationOptions: ${objectLiteral([
    ['allowTestInvoke', false],
    ['responseTransferMode', streaming ? 'apigateway.ResponseTransferMode.STREAM' : undefined],
    ['timeout', streaming ? `cdk.Duration.seconds(${timeoutSeconds})` : undefined],
  ]).replaceAll('\n', '\n  ')},
  deployOptions: ${deployOptions(settings).replaceAll('\n', '\n  ')},
  endpointTypes: [apigateway.EndpointType.REGIONAL],
  // Setting a role here would change it for the whole account.
  cloudWatchRole: false,
});
`,
    },
    ...domainParts(settings),
    {
      body: `new cdk.CfnOutput(this, 'Url', { value: ${domain === undefined ? 'this.api.url' : textLiteral(`https://${domain.name}`)} });\n`,
    },
  ];
}

function deployOptions({ tracing, throttling, accessLogs }: FunctionSettings): string {
  return objectLiteral([
    ['stageName', textLiteral(STAGE)],
    ['tracingEnabled', tracing ? true : undefined],
    ['throttlingRateLimit', throttling?.rateLimit],
    ['throttlingBurstLimit', throttling?.burstLimit],
    [
      'accessLogDestination',
      accessLogs === undefined ? undefined : 'new apigateway.LogGroupLogDestination(this.accessLogs)',
    ],
    ['accessLogFormat', accessLogs === undefined ? undefined : accessLogFormat('apigateway.AccessLogFormat')],
  ]);
}

function accessLogs({ functionName, logRetentionInDays, accessLogs }: FunctionSettings): CdkPart[] {
  if (accessLogs === undefined) return [];
  return [
    {
      fields: { accessLogs: 'logs.LogGroup' },
      body: `// API Gateway writes these logs with a role that all APIs of the account and region share.
${logGroup('this.accessLogs', 'AccessLogs', accessLogGroup(functionName), logRetentionInDays)}`,
    },
  ];
}

function domainParts({ domain }: FunctionSettings): CdkPart[] {
  if (domain === undefined) return [];
  return [
    {
      imports: DOMAIN_IMPORTS,
      fields: { domain: 'apigateway.DomainName' },
      body: `this.domain = this.api.addDomainName('Domain', ${objectLiteral([
        ...domainProperties(domain),
        ['endpointType', 'apigateway.EndpointType.REGIONAL'],
      ])});
`,
    },
    domainRecord(
      domain,
      'new routeTargets.ApiGatewayDomain(this.domain)',
      'this.domain.domainNameAliasDomainName',
      TARGET_IMPORTS,
    ),
  ];
}
