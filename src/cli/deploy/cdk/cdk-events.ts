import type { QueueConfig, ScheduleConfig } from '../../config/deployment-config.js';
import type { FunctionSettings } from '../../config/function-settings.js';
import { type CdkPart, invokedFunction } from './cdk-part.js';
import { objectLiteral, textLiteral, valueLiteral } from './literal.js';

/** The schedules that invoke the function. */
export function cdkSchedules(settings: FunctionSettings): CdkPart | undefined {
  if (settings.schedules.length === 0) return undefined;
  return {
    imports: { '* as events': 'aws-cdk-lib/aws-events', '* as eventTargets': 'aws-cdk-lib/aws-events-targets' },
    body: settings.schedules.map((schedule, index) => rule(settings, schedule, index + 1)).join(''),
  };
}

function rule(settings: FunctionSettings, { expression, input }: ScheduleConfig, number: number): string {
  const options =
    input === undefined
      ? ''
      : `, ${objectLiteral([['event', `events.RuleTargetInput.fromObject(${valueLiteral(input)})`]])}`;
  return `new events.Rule(this, 'Schedule${number}', ${objectLiteral([
    ['schedule', `events.Schedule.expression(${textLiteral(expression)})`],
    ['targets', `[new eventTargets.LambdaFunction(${invokedFunction(settings)}${options})]`],
  ])});
`;
}

/** The queues whose messages invoke the function. */
export function cdkQueues(settings: FunctionSettings): CdkPart | undefined {
  if (settings.queues.length === 0) return undefined;
  return {
    imports: { '* as eventSources': 'aws-cdk-lib/aws-lambda-event-sources', '* as sqs': 'aws-cdk-lib/aws-sqs' },
    body: `// onOtherEvent may return the messages that failed: { batchItemFailures: [{ itemIdentifier }] }.
${settings.queues.map((queue, index) => queueSource(settings, queue, index + 1)).join('')}`,
  };
}

function queueSource(settings: FunctionSettings, { arn, batchSize }: QueueConfig, number: number): string {
  return `${invokedFunction(settings)}.addEventSource(
  new eventSources.SqsEventSource(
    sqs.Queue.fromQueueArn(this, 'Queue${number}', ${textLiteral(arn)}),
    ${objectLiteral([
      ['batchSize', batchSize],
      ['reportBatchItemFailures', true],
    ])},
  ),
);
`;
}
