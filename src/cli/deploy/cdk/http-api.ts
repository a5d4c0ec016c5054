import type { FunctionSettings } from '../../config/function-settings.js';
import { accessLogGroup } from '../access-log.js';
import { accessLogFormat } from './access-log-format.js';
import { DOMAIN_IMPORTS, domainProperties, domainRecord, TARGET_IMPORTS } from './cdk-domain.js';
import { type CdkPart, invokedFunction } from './cdk-part.js';
import { logGroup } from './cdk-role.js';
import { corsProperty, HTTP_CORS } from './cors-property.js';
import { objectLiteral, textLiteral } from './literal.js';

/** An HTTP API that passes every request to the function. */
export function httpApi(settings: FunctionSettings): CdkPart[] {
  const { functionName, cors, domain, throttling, accessLogs } = settings;
  const hasStage = throttling !== undefined || accessLogs !== undefined;
  const mapping = domain === undefined ? undefined : '{ domainName: this.domain }';
  const api: CdkPart = {
    imports: {
      '* as apigateway': 'aws-cdk-lib/aws-apigatewayv2',
      '* as integrations': 'aws-cdk-lib/aws-apigatewayv2-integrations',
    },
    fields: { api: 'apigateway.HttpApi' },
    body: `// Every path and method goes to the function: the app routes them.
this.api = new apigateway.HttpApi(this, 'Api', ${objectLiteral([
      ['apiName', textLiteral(functionName)],
      ['defaultIntegration', `new integrations.HttpLambdaIntegration('Integration', ${invokedFunction(settings)})`],
      corsProperty(cors, HTTP_CORS),
      ['createDefaultStage', hasStage ? false : undefined],
      ['defaultDomainMapping', hasStage ? undefined : mapping],
    ])});
`,
  };
  return [
    ...domainOf(settings),
    api,
    ...(hasStage ? [stage(settings, mapping)] : []),
    ...record(settings),
    {
      body: `new cdk.CfnOutput(this, 'Url', { value: ${domain === undefined ? 'this.api.apiEndpoint' : textLiteral(`https://${domain.name}`)} });\n`,
    },
  ];
}

/** The stage that the API would make, with more settings. Inside of the API, it is the same resource. */
function stage(settings: FunctionSettings, domainMapping: string | undefined): CdkPart {
  const { functionName, logRetentionInDays, throttling, accessLogs } = settings;
  const hasLogs = accessLogs !== undefined;
  return {
    imports: hasLogs ? { '{ AccessLogFormat }': 'aws-cdk-lib/aws-apigateway' } : {},
    fields: hasLogs ? { accessLogs: 'logs.LogGroup' } : {},
    body: `${
      hasLogs ? logGroup('this.accessLogs', 'AccessLogs', accessLogGroup(functionName), logRetentionInDays) : ''
    }new apigateway.HttpStage(this.api, 'DefaultStage', ${objectLiteral([
      ['httpApi', 'this.api'],
      ['autoDeploy', true],
      ['domainMapping', domainMapping],
      ['throttle', throttling && `{ rateLimit: ${throttling.rateLimit}, burstLimit: ${throttling.burstLimit} }`],
      [
        'accessLogSettings',
        hasLogs
          ? objectLiteral([
              ['destination', 'new apigateway.LogGroupLogDestination(this.accessLogs)'],
              ['format', accessLogFormat('AccessLogFormat')],
            ])
          : undefined,
      ],
    ])});
`,
  };
}

function domainOf({ domain }: FunctionSettings): CdkPart[] {
  if (domain === undefined) return [];
  return [
    {
      imports: DOMAIN_IMPORTS,
      fields: { domain: 'apigateway.DomainName' },
      body: `this.domain = new apigateway.DomainName(this, 'Domain', ${objectLiteral(domainProperties(domain))});\n`,
    },
  ];
}

function record({ domain }: FunctionSettings): CdkPart[] {
  if (domain === undefined) return [];
  const target = `new routeTargets.ApiGatewayv2DomainProperties(
  this.domain.regionalDomainName,
  this.domain.regionalHostedZoneId,
)`;
  return [domainRecord(domain, target, 'this.domain.regionalDomainName', TARGET_IMPORTS)];
}
