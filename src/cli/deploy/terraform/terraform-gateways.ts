import type { CorsConfig } from '../../config/config.js';
import type { FunctionSettings } from '../../config/function-settings.js';
import type { DeployedGateway } from '../../config/gateways.js';
import { accessLogSettings, accessLogs } from './access-logs.js';
import { httpDomain } from './custom-domain.js';
import { type Argument, block, quoted, textList } from './hcl.js';
import { invokePermission } from './invoke-permission.js';
import { invokedFunction } from './invoked-function.js';
import { loadBalancer } from './load-balancer.js';
import { restApi } from './rest-api.js';

/** How each gateway is generated. */
export const TERRAFORM_GATEWAYS: Readonly<Record<DeployedGateway, (settings: FunctionSettings) => string>> = {
  url: functionUrl,
  http: httpApi,
  rest: restApi,
  alb: loadBalancer,
};

function functionUrl(settings: FunctionSettings): string {
  const { streaming, cors, urlAuth } = settings;
  return [
    block(
      'resource "aws_lambda_function_url" "app"',
      [
        ['function_name', 'aws_lambda_function.app.function_name'],
        ['qualifier', invokedFunction(settings).qualifier],
        ['authorization_type', urlAuth === 'iam' ? '"AWS_IAM"' : '"NONE"'],
        ['invoke_mode', streaming ? '"RESPONSE_STREAM"' : '"BUFFERED"'],
      ],
      [corsBlock('cors', cors)],
    ),
    ...(urlAuth === 'iam' ? [] : publicPermissions(settings)),
    'output "url" {\n  value = aws_lambda_function_url.app.function_url\n}\n',
  ].join('\n');
}

function publicPermissions(settings: FunctionSettings): string[] {
  const { arn, qualifier } = invokedFunction(settings);
  const permission = block('resource "aws_lambda_permission" "public_url"', [
    ['statement_id', '"PublicUrl"'],
    ['function_name', 'aws_lambda_function.app.function_name'],
    ['qualifier', qualifier],
    ['action', '"lambda:InvokeFunctionUrl"'],
    ['principal', '"*"'],
    ['function_url_auth_type', '"NONE"'],
  ]);
  return [
    `# Both permissions together make the URL public; since October 2025, one is not enough.
# https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
${permission}`,
    `# Version 6.29 of the provider has invoked_via_function_url in aws_lambda_permission. This also works in older versions.
resource "aws_cloudformation_stack" "public_invoke" {
  name = "\${aws_lambda_function.app.function_name}-public-invoke"
  template_body = jsonencode({
    Resources = {
      PublicInvokePermission = {
        Type = "AWS::Lambda::Permission"
        Properties = {
          FunctionName          = ${qualifier === undefined ? 'aws_lambda_function.app.function_name' : arn}
          Action                = "lambda:InvokeFunction"
          Principal             = "*"
          InvokedViaFunctionUrl = true
        }
      }
    }
  })
}
`,
  ];
}

function httpApi(settings: FunctionSettings): string {
  const { functionName, cors, domain } = settings;
  return [
    block(
      'resource "aws_apigatewayv2_api" "app"',
      [
        ['name', quoted(functionName)],
        ['protocol_type', '"HTTP"'],
      ],
      [corsBlock('cors_configuration', cors)],
    ),
    block('resource "aws_apigatewayv2_integration" "app"', [
      ['api_id', 'aws_apigatewayv2_api.app.id'],
      ['integration_type', '"AWS_PROXY"'],
      ['integration_uri', invokedFunction(settings).invokeArn],
      ['payload_format_version', '"2.0"'],
    ]),
    ROUTE,
    httpStage(settings),
    ...accessLogs(settings),
    ...httpDomain(settings),
    invokePermission(settings, 'apigateway.amazonaws.com', '"${aws_apigatewayv2_api.app.execution_arn}/*"'),
    block('output "url"', [
      ['value', domain === undefined ? 'aws_apigatewayv2_api.app.api_endpoint' : quoted(`https://${domain.name}`)],
    ]),
  ].join('\n');
}

const ROUTE = `# Every path and method goes to the function: the app routes them.
resource "aws_apigatewayv2_route" "app" {
  api_id    = aws_apigatewayv2_api.app.id
  route_key = "$default"
  target    = "integrations/\${aws_apigatewayv2_integration.app.id}"
}
`;

function httpStage(settings: FunctionSettings): string {
  const { throttling } = settings;
  return block(
    'resource "aws_apigatewayv2_stage" "app"',
    [
      ['api_id', 'aws_apigatewayv2_api.app.id'],
      ['name', '"$default"'],
      ['auto_deploy', true],
    ],
    [
      throttling === undefined
        ? undefined
        : block('default_route_settings', [
            ['throttling_rate_limit', throttling.rateLimit],
            ['throttling_burst_limit', throttling.burstLimit],
          ]),
      accessLogSettings(settings),
    ],
  );
}

/** The CORS block of an HTTP API or a Function URL, which have the same arguments. */
function corsBlock(name: string, cors: CorsConfig | undefined): string | undefined {
  if (cors === undefined) return undefined;
  const list = (texts: readonly string[] | undefined) => (texts === undefined ? undefined : textList(texts));
  const args: Argument[] = [
    ['allow_origins', list(cors.allowOrigins)],
    ['allow_methods', list(cors.allowMethods)],
    ['allow_headers', list(cors.allowHeaders)],
    ['expose_headers', list(cors.exposeHeaders)],
    ['max_age', cors.maxAge],
    ['allow_credentials', cors.allowCredentials],
  ];
  return block(name, args);
}
