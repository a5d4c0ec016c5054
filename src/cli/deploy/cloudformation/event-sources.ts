import type { FunctionSettings } from '../../config/function-settings.js';
import type { Target } from './target.js';
import type { TemplatePart } from './template-part.js';
import { getAtt, type TemplateValue } from './yaml-template.js';

/** What else invokes the function: schedules and queues. */
export function eventSources({ schedules, queues }: FunctionSettings, target: Target): TemplatePart {
  const resources: Record<string, TemplateValue> = {};
  for (const [index, { expression, input }] of schedules.entries()) {
    const id = `Schedule${index + 1}`;
    resources[id] = {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: expression,
        Targets: [{ Id: 'Function', Arn: target.arn, Input: input === undefined ? undefined : JSON.stringify(input) }],
      },
    };
    resources[`${id}Permission`] = {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: target.name,
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: getAtt(`${id}.Arn`),
      },
    };
  }
  for (const [index, { arn, batchSize = 10 }] of queues.entries()) {
    resources[`Queue${index + 1}`] = {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: arn,
        FunctionName: target.arn,
        BatchSize: batchSize,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    };
  }
  return { resources };
}
