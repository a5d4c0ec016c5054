import type { CorsConfig } from '../../config/config.js';
import type { FunctionSettings } from '../../config/function-settings.js';
import { STAGE } from '../deployment.js';
import { type Argument, argumentLines, quoted, textList } from './hcl.js';

/** What stands before the function, in Terraform's terms. */
export const TERRAFORM_FRONTS: Readonly<Record<FunctionSettings['front'], (settings: FunctionSettings) => string>> = {
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

# Both permissions together make the URL public; since October 2025 one is not enough.
# https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
resource "aws_lambda_permission" "public_url" {
  statement_id           = "PublicUrl"
  function_name          = aws_lambda_function.app.function_name
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "NONE"
}

# As aws_lambda_permission with invoked_via_function_url, which the provider has from 6.29 on; this works before it, too.
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

# Every path and method; the app itself tells them apart.
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

function restApi({ functionName, streaming, timeout }: FunctionSettings): string {
  const arn = 'aws_lambda_function.app.invoke_arn';
  const integration = argumentLines(
    [
      ['type', '"aws_proxy"'],
      ['httpMethod', '"POST"'],
      [
        'uri',
        streaming
          ? `replace(replace(${arn}, "2015-03-31", "2021-11-15"), "//invocations$/", "/response-streaming-invocations")`
          : arn,
      ],
      ['responseTransferMode', streaming ? '"STREAM"' : undefined],
      ['timeoutInMillis', streaming ? timeout * 1000 : undefined],
    ],
    4,
  );
  const comment = streaming ? '# The provider itself knows of streamed answers only in its newer versions.\n' : '';
  return `${comment}locals {
  integration = {
${integration.join('\n')}
  }
  any_method = { "x-amazon-apigateway-any-method" = { "x-amazon-apigateway-integration" = local.integration } }
}

resource "aws_api_gateway_rest_api" "app" {
  name = ${quoted(functionName)}
  # Without it, bodies that are not text would be garbled.
  binary_media_types = ["*/*"]

  # Every path and method; the app itself tells them apart.
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = ${quoted(functionName)}, version = "1" }
    paths   = { "/" = local.any_method, "/{proxy+}" = local.any_method }
  })

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

# A copy of the API as it is now: another API needs another one.
resource "aws_api_gateway_deployment" "app" {
  rest_api_id = aws_api_gateway_rest_api.app.id
  triggers    = { api = sha1(aws_api_gateway_rest_api.app.body) }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "app" {
  rest_api_id   = aws_api_gateway_rest_api.app.id
  deployment_id = aws_api_gateway_deployment.app.id
  stage_name    = ${quoted(STAGE)}
}

${invokePermission('apigateway.amazonaws.com', '"${aws_api_gateway_rest_api.app.execution_arn}/*"')}
output "url" {
  value = aws_api_gateway_stage.app.invoke_url
}
`;
}

function loadBalancer({ timeout }: FunctionSettings): string {
  const idle = timeout < 60 ? '' : `  idle_timeout       = ${timeout + 1}\n`;
  return `variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type        = list(string)
  description = "Two public subnets or more, of different zones."
}

variable "certificate_arn" {
  type        = string
  default     = null
  description = "A certificate of ACM; without one there is no HTTPS."
}

resource "aws_security_group" "app" {
  description = "Whoever asks the load balancer"
  vpc_id      = var.vpc_id

  ingress {
    protocol    = "tcp"
    from_port   = var.certificate_arn == null ? 80 : 443
    to_port     = var.certificate_arn == null ? 80 : 443
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "app" {
  load_balancer_type = "application"
  subnets            = var.subnet_ids
  security_groups    = [aws_security_group.app.id]
${idle}}

# With multi-value headers no repeated header, query value or cookie is lost.
resource "aws_lb_target_group" "app" {
  target_type                        = "lambda"
  lambda_multi_value_headers_enabled = true
}

resource "aws_lb_target_group_attachment" "app" {
  target_group_arn = aws_lb_target_group.app.arn
  target_id        = aws_lambda_function.app.arn
  depends_on       = [aws_lambda_permission.invoke]
}

resource "aws_lb_listener" "app" {
  load_balancer_arn = aws_lb.app.arn
  port              = var.certificate_arn == null ? 80 : 443
  protocol          = var.certificate_arn == null ? "HTTP" : "HTTPS"
  ssl_policy        = var.certificate_arn == null ? null : "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

${invokePermission('elasticloadbalancing.amazonaws.com', 'aws_lb_target_group.app.arn')}
output "url" {
  value = "\${var.certificate_arn == null ? "http" : "https"}://\${aws_lb.app.dns_name}"
}
`;
}

function invokePermission(principal: string, source: string): string {
  return `resource "aws_lambda_permission" "invoke" {
  function_name = aws_lambda_function.app.function_name
  action        = "lambda:InvokeFunction"
  principal     = ${quoted(principal)}
  source_arn    = ${source}
}
`;
}

/** The block that an HTTP API and a Function URL have for CORS; they spell its arguments alike. */
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
