import { type FunctionSettings, HANDLER } from '../../config/function-settings.js';
import { STAGE, ZIP } from '../deployment.js';

/** A front in CDK: what it imports beside what every stack does, and its lines of the constructor. */
interface CdkFront {
  readonly imports: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What every stack imports, by the name that it has there. */
const IMPORTS: Readonly<Record<string, string>> = {
  iam: 'aws-cdk-lib/aws-iam',
  lambda: 'aws-cdk-lib/aws-lambda',
  logs: 'aws-cdk-lib/aws-logs',
};

/** CDK's names of what Lambda runs. */
const RUNTIMES: Readonly<Record<FunctionSettings['runtime'], string>> = {
  'nodejs22.x': 'NODEJS_22_X',
  'nodejs24.x': 'NODEJS_24_X',
};

/** Describes the function and its front for CDK, as a module that is an app by itself. */
export function toCdk(settings: FunctionSettings): string {
  const { functionName, runtime, architecture, memorySize, timeout, environment, logRetentionInDays } = settings;
  const { imports, body } = FRONTS[settings.front](settings);
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

    // What the function may do: write its own logs. Grant it here what your app needs.
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);

    const app = new lambda.Function(this, 'Function', {
      functionName: ${text(functionName)},
      code: lambda.Code.fromAsset(fileURLToPath(new URL('${ZIP}', import.meta.url))),
      handler: '${HANDLER}',
      runtime: lambda.Runtime.${RUNTIMES[runtime]},
      architecture: lambda.Architecture.${architecture === 'arm64' ? 'ARM_64' : 'X86_64'},
      memorySize: ${memorySize},
      timeout: cdk.Duration.seconds(${timeout}),
      role,
      logGroup,
${environmentLines}    });

${body}  }
}

new AppStack(new cdk.App(), ${text(toStackName(functionName))});
`;
}

/** A stack's name is letters, digits and hyphens, and begins with a letter. */
function toStackName(functionName: string): string {
  return functionName.replaceAll('_', '-').replace(/^(?=[^A-Za-z])/, 'app-');
}

const FRONTS: Readonly<Record<FunctionSettings['front'], (settings: FunctionSettings) => CdkFront>> = {
  url: functionUrl,
  http: httpApi,
  rest: restApi,
  alb: loadBalancer,
};

function functionUrl({ streaming, cors }: FunctionSettings): CdkFront {
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
    body: `    // Public: with NONE, CDK adds both permissions that this needs.
    const url = app.addFunctionUrl({
      authType: lambda.FunctionUrlAuthType.NONE,
      invokeMode: lambda.InvokeMode.${streaming ? 'RESPONSE_STREAM' : 'BUFFERED'},
${corsLines}    });

    new cdk.CfnOutput(this, 'Url', { value: url.url });
`,
  };
}

function httpApi({ functionName, cors }: FunctionSettings): CdkFront {
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
    body: `    // Every path and method; the app itself tells them apart.
    const api = new apigateway.HttpApi(this, 'Api', {
      apiName: ${text(functionName)},
      defaultIntegration: new integrations.HttpLambdaIntegration('Integration', app),
${corsLines}    });

    new cdk.CfnOutput(this, 'Url', { value: api.apiEndpoint });
`,
  };
}

function restApi({ functionName, streaming, timeout }: FunctionSettings): CdkFront {
  const stream = streaming
    ? `        responseTransferMode: apigateway.ResponseTransferMode.STREAM,
        timeout: cdk.Duration.seconds(${timeout}),
`
    : '';
  return {
    imports: { apigateway: 'aws-cdk-lib/aws-apigateway' },
    body: `    // Every path and method; the app itself tells them apart.
    const api = new apigateway.LambdaRestApi(this, 'Api', {
      restApiName: ${text(functionName)},
      handler: app,
      // Without it, bodies that are not text would be garbled.
      binaryMediaTypes: ['*/*'],
      integrationOptions: {
        allowTestInvoke: false,
${stream}      },
      deployOptions: { stageName: '${STAGE}' },
      endpointTypes: [apigateway.EndpointType.REGIONAL],
      // The role that it would set is the whole account's.
      cloudWatchRole: false,
    });

    new cdk.CfnOutput(this, 'Url', { value: api.url });
`,
  };
}

function loadBalancer({ timeout }: FunctionSettings): CdkFront {
  const idle =
    timeout < 60
      ? ''
      : `      loadBalancerAttributes: [{ key: 'idle_timeout.timeout_seconds', value: '${timeout + 1}' }],\n`;
  return {
    imports: {
      ec2: 'aws-cdk-lib/aws-ec2',
      elb: 'aws-cdk-lib/aws-elasticloadbalancingv2',
    },
    body: `    // Where the load balancer is, told when the stack is deployed: --parameters VpcId=… --parameters SubnetIds=…
    const vpcId = new cdk.CfnParameter(this, 'VpcId', { type: 'AWS::EC2::VPC::Id' }).valueAsString;
    const subnetIds = new cdk.CfnParameter(this, 'SubnetIds', {
      type: 'List<AWS::EC2::Subnet::Id>',
      description: 'Two public subnets or more, of different zones',
    }).valueAsList;
    const certificateArn = new cdk.CfnParameter(this, 'CertificateArn', {
      default: '',
      description: 'A certificate of ACM; without one there is no HTTPS',
    }).valueAsString;
    const hasCertificate = new cdk.CfnCondition(this, 'HasCertificate', {
      expression: cdk.Fn.conditionNot(cdk.Fn.conditionEquals(certificateArn, '')),
    });
    const withCertificate = (value: unknown, otherwise: unknown = cdk.Aws.NO_VALUE) =>
      cdk.Fn.conditionIf(hasCertificate.logicalId, value, otherwise);
    const port = cdk.Token.asNumber(withCertificate(443, 80));

    const securityGroup = new ec2.CfnSecurityGroup(this, 'SecurityGroup', {
      groupDescription: 'Whoever asks the load balancer',
      vpcId,
      securityGroupIngress: [{ ipProtocol: 'tcp', fromPort: port, toPort: port, cidrIp: '0.0.0.0/0' }],
    });
    const loadBalancer = new elb.CfnLoadBalancer(this, 'LoadBalancer', {
      scheme: 'internet-facing',
      subnets: subnetIds,
      securityGroups: [securityGroup.attrGroupId],
${idle}    });
    const permission = new lambda.CfnPermission(this, 'InvokePermission', {
      functionName: app.functionName,
      action: 'lambda:InvokeFunction',
      principal: 'elasticloadbalancing.amazonaws.com',
      sourceAccount: this.account,
    });
    const targetGroup = new elb.CfnTargetGroup(this, 'TargetGroup', {
      targetType: 'lambda',
      targets: [{ id: app.functionArn }],
      // With multi-value headers no repeated header, query value or cookie is lost.
      targetGroupAttributes: [{ key: 'lambda.multi_value_headers.enabled', value: 'true' }],
    });
    targetGroup.node.addDependency(permission);
    new elb.CfnListener(this, 'Listener', {
      loadBalancerArn: loadBalancer.ref,
      port,
      protocol: cdk.Token.asString(withCertificate('HTTPS', 'HTTP')),
      sslPolicy: cdk.Token.asString(withCertificate('ELBSecurityPolicy-TLS13-1-2-2021-06')),
      certificates: withCertificate([{ CertificateArn: certificateArn }]),
      defaultActions: [{ type: 'forward', targetGroupArn: targetGroup.ref }],
    });

    new cdk.CfnOutput(this, 'Url', {
      value: cdk.Fn.join('', [
        cdk.Token.asString(withCertificate('https://', 'http://')),
        loadBalancer.attrDnsName,
      ]),
    });
`,
  };
}

/** Text as TypeScript quotes it. */
function text(value: string): string {
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function texts(values: readonly string[] | undefined): string | undefined {
  return values === undefined ? undefined : `[${values.map(text).join(', ')}]`;
}

/** Lines of an object's properties; undefined ones are left out. */
function properties(entries: readonly (readonly [string, string | boolean | undefined])[], indent: number): string {
  return entries
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${' '.repeat(indent)}${name}: ${value},\n`)
    .join('');
}
