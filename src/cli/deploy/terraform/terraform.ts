import { type FunctionSettings, HANDLER } from '../../config/function-settings.js';
import { ZIP } from '../deployment.js';
import { type Argument, argumentLines, quoted, textList } from './hcl.js';
import { TERRAFORM_GATEWAYS } from './terraform-gateways.js';

/** Generates a Terraform module with the function and its gateway. */
export function toTerraform(settings: FunctionSettings): string {
  return `${PROVIDERS}
${functionResource(settings)}
${logsAndRole(settings)}
${TERRAFORM_GATEWAYS[settings.gateway](settings)}`;
}

const PROVIDERS = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }
}
`;

function functionResource(settings: FunctionSettings): string {
  const { functionName, runtime, architecture, memorySize, timeoutSeconds, environment } = settings;
  const variables = Object.entries(environment).map(([name, value]): Argument => [name, quoted(value)]);
  const environmentBlock =
    variables.length === 0
      ? ''
      : `\n  environment {\n    variables = {\n${argumentLines(variables, 6).join('\n')}\n    }\n  }\n`;
  const zip = `"\${path.module}/${ZIP}"`;
  return `resource "aws_lambda_function" "app" {
${argumentLines(
  [
    ['function_name', quoted(functionName)],
    ['filename', zip],
    ['source_code_hash', `filebase64sha256(${zip})`],
    ['handler', quoted(HANDLER)],
    ['runtime', quoted(runtime)],
    ['architectures', textList([architecture])],
    ['memory_size', memorySize],
    ['timeout', timeoutSeconds],
    ['role', 'aws_iam_role.app.arn'],
  ],
  2,
).join('\n')}

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.app.name
  }
${environmentBlock}}
`;
}

/** The log group, whose logs expire, and a role that may only write to it. */
function logsAndRole({ functionName, logRetentionInDays }: FunctionSettings): string {
  return `resource "aws_cloudwatch_log_group" "app" {
  name              = ${quoted(`/aws/lambda/${functionName}`)}
  retention_in_days = ${logRetentionInDays}
}

resource "aws_iam_role" "app" {
  name_prefix = ${quoted(`${functionName.slice(0, 37)}-`)}
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# The function may only write its own logs. Add the permissions that your app needs here.
resource "aws_iam_role_policy" "app" {
  name = "logs"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "\${aws_cloudwatch_log_group.app.arn}:*"
    }]
  })
}
`;
}
