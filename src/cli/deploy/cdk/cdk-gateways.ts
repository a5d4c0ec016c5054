import type { FunctionSettings } from '../../config/function-settings.js';
import type { DeployedGateway } from '../../config/gateways.js';
import { STAGE } from '../deployment.js';
import type { CdkGateway } from './cdk-gateway.js';
import { loadBalancer } from './load-balancer.js';
import { properties, text, texts } from './text.js';

/** How each gateway is generated. */
export const CDK_GATEWAYS: Readonly<Record<DeployedGateway, (settings: FunctionSettings) => CdkGateway>> = {
  url: functionUrl,
  http: httpApi,
  rest: restApi,
  alb: loadBalancer,
};

function functionUrl({ streaming, cors }: FunctionSettings): CdkGateway {
  const methods = cors?.allowMethods?.map(
    (method) => `lambda.HttpMethod.${method === '*' ? 'ALL' : method.toUpperCase()}`,
  );
  const corsLines =
    cors === undefined
      ? ''
      : `      cors: {\n${properties(
          [
            ['allowedOrigins', texts(cors.allowOrigins)],
            ['allowedMethods', methods === undefined ? undefined : `[${methods.join(', ')}]`],
            ['allowedHeaders', texts(cors.allowHeaders)],
            ['exposedHeaders', texts(cors.exposeHeaders)],
            ['maxAge', cors.maxAge === undefined ? undefined : `cdk.Duration.seconds(${cors.maxAge})`],
            ['allowCredentials', cors.allowCredentials],
          ],
          8,
        )}      },\n`;
  return {
    imports: {},
    body: `    // The URL is public: with NONE, CDK adds both permissions that it needs.
    const url = app.addFunctionUrl({
      authType: lambda.FunctionUrlAuthType.NONE,
      invokeMode: lambda.InvokeMode.${streaming ? 'RESPONSE_STREAM' : 'BUFFERED'},
${corsLines}    });

    new cdk.CfnOutput(this, 'Url', { value: url.url });
`,
  };
}

function httpApi({ functionName, cors }: FunctionSettings): CdkGateway {
  const methods = cors?.allowMethods?.map(
    (method) => `apigateway.CorsHttpMethod.${method === '*' ? 'ANY' : method.toUpperCase()}`,
  );
  const corsLines =
    cors === undefined
      ? ''
      : `      corsPreflight: {\n${properties(
          [
            ['allowOrigins', texts(cors.allowOrigins)],
            ['allowMethods', methods === undefined ? undefined : `[${methods.join(', ')}]`],
            ['allowHeaders', texts(cors.allowHeaders)],
            ['exposeHeaders', texts(cors.exposeHeaders)],
            ['maxAge', cors.maxAge === undefined ? undefined : `cdk.Duration.seconds(${cors.maxAge})`],
            ['allowCredentials', cors.allowCredentials],
          ],
          8,
        )}      },\n`;
  return {
    imports: {
      apigateway: 'aws-cdk-lib/aws-apigatewayv2',
      integrations: 'aws-cdk-lib/aws-apigatewayv2-integrations',
    },
    body: `    // Every path and method goes to the function: the app routes them.
    const api = new apigateway.HttpApi(this, 'Api', {
      apiName: ${text(functionName)},
      defaultIntegration: new integrations.HttpLambdaIntegration('Integration', app),
${corsLines}    });

    new cdk.CfnOutput(this, 'Url', { value: api.apiEndpoint });
`,
  };
}

function restApi({ functionName, streaming, timeoutSeconds }: FunctionSettings): CdkGateway {
  const stream = streaming
    ? `        responseTransferMode: apigateway.ResponseTransferMode.STREAM,
        timeout: cdk.Duration.seconds(${timeoutSeconds}),
`
    : '';
  return {
    imports: { apigateway: 'aws-cdk-lib/aws-apigateway' },
    body: `    // Every path and method goes to the function: the app routes them.
    const api = new apigateway.LambdaRestApi(this, 'Api', {
      restApiName: ${text(functionName)},
      handler: app,
      // Without this, binary bodies arrive corrupted.
      binaryMediaTypes: ['*/*'],
      integrationOptions: {
        allowTestInvoke: false,
${stream}      },
      deployOptions: { stageName: '${STAGE}' },
      endpointTypes: [apigateway.EndpointType.REGIONAL],
      // Setting a role here would change it for the whole account.
      cloudWatchRole: false,
    });

    new cdk.CfnOutput(this, 'Url', { value: api.url });
`,
  };
}
