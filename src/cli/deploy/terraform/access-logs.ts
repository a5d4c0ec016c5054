import type { FunctionSettings } from '../../config/function-settings.js';
import { ACCESS_LOG_FORMAT, accessLogGroup } from '../access-log.js';
import { type Argument, block, map, quoted } from './hcl.js';

/** The log group of an API's requests. */
export function accessLogs({ functionName, logRetentionInDays, accessLogs, gateway }: FunctionSettings): string[] {
  if (accessLogs === undefined) return [];
  const group = block('resource "aws_cloudwatch_log_group" "access"', [
    ['name', quoted(accessLogGroup(functionName))],
    ['retention_in_days', logRetentionInDays],
  ]);
  return [gateway === 'rest' ? `${ACCOUNT_ROLE}${group}` : group];
}

const ACCOUNT_ROLE = `# API Gateway writes these logs with a role that all APIs of the account and region share. This file does not set it; see
# aws_api_gateway_account.
`;

/** The block of a stage. */
export function accessLogSettings({ accessLogs }: FunctionSettings): string | undefined {
  if (accessLogs === undefined) return undefined;
  const fields = Object.entries(JSON.parse(ACCESS_LOG_FORMAT) as Record<string, string>).map(
    ([name, value]): Argument => [name, quoted(value)],
  );
  return block('access_log_settings', [
    ['destination_arn', 'aws_cloudwatch_log_group.access.arn'],
    ['format', `jsonencode(${map(fields)})`],
  ]);
}
