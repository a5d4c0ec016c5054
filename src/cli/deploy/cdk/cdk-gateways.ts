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

/** What CDK calls the settings of CORS at a gateway. */
interface CorsNames {
  readonly property: string;
  readonly origins: string;
  readonly methods: string;
  readonly headers: string;
  readonly exposed: string;
  /** The enumeration of methods, and its member for all of them. */
  readonly methodType: string;
  readonly everyMethod: string;
}

const URL_CORS: CorsNames = {
  property: 'cors',
  origins: 'allowedOrigins',
  methods: 'allowedMethods',
  headers: 'allowedHeaders',
  exposed: 'exposedHeaders',
  methodType: 'lambda.HttpMethod',
  everyMethod: 'ALL',
};

const HTTP_CORS: CorsNames = {
  property: 'corsPreflight',
  origins: 'allowOrigins',
  methods: 'allowMethods',
  headers: 'allowHeaders',
  exposed: 'exposeHeaders',
  methodType: 'apigateway.CorsHttpMethod',
  everyMethod: 'ANY',
};

/** The lines that set CORS; none without it. */
function corsLines(cors: FunctionSettings['cors'], names: CorsNames): string {
  if (cors === undefined) return '';
  const methods = cors.allowMethods?.map(
    (method) => `${names.methodType}.${method === '*' ? names.everyMethod : method.toUpperCase()}`,
  );
  const lines = properties(
    [
      [names.origins, texts(cors.allowOrigins)],
      [names.methods, methods === undefined ? undefined : `[${methods.join(', ')}]`],
      [names.headers, texts(cors.allowHeaders)],
      [names.exposed, texts(cors.exposeHeaders)],
      ['maxAge', cors.maxAge === undefined ? undefined : `cdk.Duration.seconds(${cors.maxAge})`],
      ['allowCredentials', cors.allowCredentials],
    ],
    8,
  );
  return `      ${names.property}: {\n${lines}      },\n`;
}

function functionUrl({ streaming, cors }: FunctionSettings): CdkGateway {
  return {
    imports: {},
    body: `    // The URL is public: with NONE, CDK adds both permissions that it needs.
    const url = app.addFunctionUrl({
      authType: lambda.FunctionUrlAuthType.NONE,
      invokeMode: lambda.InvokeMode.${streaming ? 'RESPONSE_STREAM' : 'BUFFERED'},
${corsLines(cors, URL_CORS)}    });

    new cdk.CfnOutput(this, 'Url', { value: url.url });
`,
  };
}

function httpApi({ functionName, cors }: FunctionSettings): CdkGateway {
  return {
    imports: {
      apigateway: 'aws-cdk-lib/aws-apigatewayv2',
      integrations: 'aws-cdk-lib/aws-apigatewayv2-integrations',
    },
    body: `    // Every path and method goes to the function: the app routes them.
    const api = new apigateway.HttpApi(this, 'Api', {
      apiName: ${text(functionName)},
      defaultIntegration: new integrations.HttpLambdaIntegration('Integration', app),
${corsLines(cors, HTTP_CORS)}    });

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
