import type { CorsConfig } from '../../config/config.js';
import type { FunctionSettings } from '../../config/function-settings.js';
import type { DeployedGateway } from '../../config/gateways.js';
import { type Argument, argumentLines, quoted, textList } from './hcl.js';
import { invokePermission } from './invoke-permission.js';
import { loadBalancer } from './load-balancer.js';
import { restApi } from './rest-api.js';

/** How each gateway is generated. */
export const TERRAFORM_GATEWAYS: Readonly<Record<DeployedGateway, (settings: FunctionSettings) => string>> = {
  url: functionUrl,
  http: httpApi,
  rest: restApi,
  alb: loadBalancer,
};

function functionUrl({ streaming, cors }: FunctionSettings): string {
  return `resource "aws_lambda_function_url" "app" {
  function_name      = aws_lambda_function.app.function_name
  authorization_type = "NONE"
  invoke_mode        = "${streaming ? 'RESPONSE_STREAM' : 'BUFFERED'}"
${corsBlock('cors', cors)}}

# Both permissions together make the URL public; since October 2025, one is not enough.
# https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
resource "aws_lambda_permission" "public_url" {
  statement_id           = "PublicUrl"
  function_name          = aws_lambda_function.app.function_name
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "NONE"
}

# Version 6.29 of the provider has invoked_via_function_url in aws_lambda_permission. This also works in older versions.
resource "aws_cloudformation_stack" "public_invoke" {
  name = "\${aws_lambda_function.app.function_name}-public-invoke"
  template_body = jsonencode({
    Resources = {
      PublicInvokePermission = {
        Type = "AWS::Lambda::Permission"
        Properties = {
          FunctionName          = aws_lambda_function.app.function_name
          Action                = "lambda:InvokeFunction"
          Principal             = "*"
          InvokedViaFunctionUrl = true
        }
      }
    }
  })
}

output "url" {
  value = aws_lambda_function_url.app.function_url
}
`;
}

function httpApi({ functionName, cors }: FunctionSettings): string {
  return `resource "aws_apigatewayv2_api" "app" {
  name          = ${quoted(functionName)}
  protocol_type = "HTTP"
${corsBlock('cors_configuration', cors)}}

resource "aws_apigatewayv2_integration" "app" {
  api_id                 = aws_apigatewayv2_api.app.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.app.invoke_arn
  payload_format_version = "2.0"
}

# Every path and method goes to the function: the app routes them.
resource "aws_apigatewayv2_route" "app" {
  api_id    = aws_apigatewayv2_api.app.id
  route_key = "$default"
  target    = "integrations/\${aws_apigatewayv2_integration.app.id}"
}

resource "aws_apigatewayv2_stage" "app" {
  api_id      = aws_apigatewayv2_api.app.id
  name        = "$default"
  auto_deploy = true
}

${invokePermission('apigateway.amazonaws.com', '"${aws_apigatewayv2_api.app.execution_arn}/*"')}
output "url" {
  value = aws_apigatewayv2_api.app.api_endpoint
}
`;
}

/** The CORS block of an HTTP API or a Function URL, which have the same arguments. */
function corsBlock(block: string, cors: CorsConfig | undefined): string {
  if (cors === undefined) return '';
  const list = (texts: readonly string[] | undefined) => (texts === undefined ? undefined : textList(texts));
  const args: Argument[] = [
    ['allow_origins', list(cors.allowOrigins)],
    ['allow_methods', list(cors.allowMethods)],
    ['allow_headers', list(cors.allowHeaders)],
    ['expose_headers', list(cors.exposeHeaders)],
    ['max_age', cors.maxAge],
    ['allow_credentials', cors.allowCredentials],
  ];
  return `\n  ${block} {\n${argumentLines(args, 4).join('\n')}\n  }\n`;
}
