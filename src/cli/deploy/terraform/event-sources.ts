import type { QueueConfig, ScheduleConfig } from '../../config/deployment-config.js';
import type { FunctionSettings } from '../../config/function-settings.js';
import { block, quoted } from './hcl.js';
import { invokePermission } from './invoke-permission.js';
import { invokedFunction } from './invoked-function.js';

/** The schedules and queues that invoke the function beside its gateway. */
export function eventSources(settings: FunctionSettings): string[] {
  return [
    ...settings.schedules.map((schedule, index) => scheduleRule(settings, schedule, `schedule_${index + 1}`)),
    ...settings.queues.map((queue, index) => queueMapping(settings, queue, `queue_${index + 1}`)),
  ];
}

function scheduleRule(settings: FunctionSettings, { expression, input }: ScheduleConfig, name: string): string {
  return [
    block(`resource "aws_cloudwatch_event_rule" ${quoted(name)}`, [
      ['name_prefix', quoted(`${settings.functionName.slice(0, 37)}-`)],
      ['schedule_expression', quoted(expression)],
    ]),
    block(`resource "aws_cloudwatch_event_target" ${quoted(name)}`, [
      ['rule', `aws_cloudwatch_event_rule.${name}.name`],
      ['arn', invokedFunction(settings).arn],
      ['input', input === undefined ? undefined : quoted(JSON.stringify(input))],
    ]),
    invokePermission(settings, 'events.amazonaws.com', `aws_cloudwatch_event_rule.${name}.arn`, name),
  ].join('\n');
}

function queueMapping(settings: FunctionSettings, { arn, batchSize }: QueueConfig, name: string): string {
  const mapping = block(`resource "aws_lambda_event_source_mapping" ${quoted(name)}`, [
    ['event_source_arn', quoted(arn)],
    ['function_name', invokedFunction(settings).arn],
    ['batch_size', batchSize],
    ['function_response_types', '["ReportBatchItemFailures"]'],
    ['depends_on', '[aws_iam_role_policy.queues]'],
  ]);
  return `# onOtherEvent may return the messages that failed: { batchItemFailures: [{ itemIdentifier }] }.\n${mapping}`;
}
