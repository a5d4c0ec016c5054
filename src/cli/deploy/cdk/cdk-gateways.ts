import type { FunctionSettings } from '../../config/function-settings.js';
import type { DeployedGateway } from '../../config/gateways.js';
import { type CdkPart, invokedFunction } from './cdk-part.js';
import { corsProperty, URL_CORS } from './cors-property.js';
import { httpApi } from './http-api.js';
import { objectLiteral } from './literal.js';
import { loadBalancer } from './load-balancer.js';
import { restApi } from './rest-api.js';

/** How each gateway is generated. */
export const CDK_GATEWAYS: Readonly<Record<DeployedGateway, (settings: FunctionSettings) => CdkPart[]>> = {
  url: functionUrl,
  http: httpApi,
  rest: restApi,
  alb: loadBalancer,
};

function functionUrl(settings: FunctionSettings): CdkPart[] {
  const { streaming, cors, urlAuth } = settings;
  const isPublic = urlAuth === 'none';
  const comment = isPublic
    ? '// The URL is public: with NONE, CDK adds both permissions that it needs.'
    : '// Only signed requests: grant them with this.url.grantInvokeUrl(…) in cdk.ts.';
  return [
    {
      fields: { url: 'lambda.FunctionUrl' },
      body: `${comment}
this.url = ${invokedFunction(settings)}.addFunctionUrl(${objectLiteral([
        ['authType', `lambda.FunctionUrlAuthType.${isPublic ? 'NONE' : 'AWS_IAM'}`],
        ['invokeMode', `lambda.InvokeMode.${streaming ? 'RESPONSE_STREAM' : 'BUFFERED'}`],
        corsProperty(cors, URL_CORS),
      ])});

new cdk.CfnOutput(this, 'Url', { value: this.url.url });
`,
    },
  ];
}
