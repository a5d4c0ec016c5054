import type { FunctionSettings } from '../../config/function-settings.js';
import { STAGE } from '../deployment.js';
import { accessLogSettings, accessLogs } from './access-logs.js';
import { restDomain } from './custom-domain.js';
import { argumentLines, block, quoted } from './hcl.js';
import { invokePermission } from './invoke-permission.js';
import { invokedFunction } from './invoked-function.js';

/** A REST API that passes every request to the function. */
export function restApi(settings: FunctionSettings): string {
  const { functionName, streaming, domain } = settings;
  const comment = streaming ? '# Only newer versions of the provider have arguments for streamed replies.\n' : '';
  return `${comment}locals {
  integration = {
${integrationLines(settings).join('\n')}
  }
  any_method = { "x-amazon-apigateway-any-method" = { "x-amazon-apigateway-integration" = local.integration } }
}

resource "aws_api_gateway_rest_api" "app" {
  name = ${quoted(functionName)}
  # Without this, binary bodies arrive corrupted.
  binary_media_types = ["*/*"]

  # Every path and method goes to the function: the app routes them.
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = ${quoted(functionName)}, version = "1" }
    paths   = { "/" = local.any_method, "/{proxy+}" = local.any_method }
  })

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

# A snapshot of the API: a changed API needs another one.
resource "aws_api_gateway_deployment" "app" {
  rest_api_id = aws_api_gateway_rest_api.app.id
  triggers    = { api = sha1(aws_api_gateway_rest_api.app.body) }

  lifecycle {
    create_before_destroy = true
  }
}

${[
  restStage(settings),
  ...throttlingOf(settings),
  ...accessLogs(settings),
  ...restDomain(settings),
  invokePermission(settings, 'apigateway.amazonaws.com', '"${aws_api_gateway_rest_api.app.execution_arn}/*"'),
  block('output "url"', [
    ['value', domain === undefined ? 'aws_api_gateway_stage.app.invoke_url' : quoted(`https://${domain.name}`)],
  ]),
].join('\n')}`;
}

function restStage(settings: FunctionSettings): string {
  return block(
    'resource "aws_api_gateway_stage" "app"',
    [
      ['rest_api_id', 'aws_api_gateway_rest_api.app.id'],
      ['deployment_id', 'aws_api_gateway_deployment.app.id'],
      ['stage_name', quoted(STAGE)],
      ['xray_tracing_enabled', settings.tracing ? true : undefined],
    ],
    [accessLogSettings(settings)],
  );
}

function throttlingOf({ throttling }: FunctionSettings): string[] {
  if (throttling === undefined) return [];
  return [
    block(
      'resource "aws_api_gateway_method_settings" "app"',
      [
        ['rest_api_id', 'aws_api_gateway_rest_api.app.id'],
        ['stage_name', 'aws_api_gateway_stage.app.stage_name'],
        ['method_path', '"*/*"'],
      ],
      [
        block('settings', [
          ['throttling_rate_limit', throttling.rateLimit],
          ['throttling_burst_limit', throttling.burstLimit],
        ]),
      ],
    ),
  ];
}

function integrationLines(settings: FunctionSettings): string[] {
  const { streaming, timeoutSeconds } = settings;
  const { invokeArn: arn } = invokedFunction(settings);
  return argumentLines(
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
      ['timeoutInMillis', streaming ? timeoutSeconds * 1000 : undefined],
    ],
    4,
  );
}
