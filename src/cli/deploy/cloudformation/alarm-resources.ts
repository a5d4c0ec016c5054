import type { FunctionSettings } from '../../config/function-settings.js';
import { ALARM_PERIOD, type Alarm, alarmsOf, type Metric } from '../alarms.js';
import type { TemplatePart } from './template-part.js';
import { getAtt, ref, type TemplateValue } from './yaml-template.js';

/** The alarms of the function and its gateway. */
export function alarmResources(settings: FunctionSettings): TemplatePart {
  const actions = settings.alarms?.topicArn === undefined ? undefined : [settings.alarms.topicArn];
  return {
    resources: Object.fromEntries(
      alarmsOf(settings).map((alarm) => [
        `${alarm.id}Alarm`,
        {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: {
            AlarmName: alarm.name,
            AlarmDescription: alarm.description,
            ...measured(alarm, settings),
            EvaluationPeriods: 1,
            Threshold: alarm.threshold,
            ComparisonOperator: 'GreaterThanOrEqualToThreshold',
            TreatMissingData: 'notBreaching',
            AlarmActions: actions,
            OKActions: actions,
          },
        },
      ]),
    ),
  };
}

/** What an alarm measures: one metric, or the sum of several. */
function measured(alarm: Alarm, settings: FunctionSettings): Record<string, TemplateValue> {
  const { metrics, statistic } = alarm;
  if (metrics.length === 1) {
    return {
      ...metricProperties(metrics[0], settings),
      ...(statistic === 'p99' ? { ExtendedStatistic: statistic } : { Statistic: statistic }),
      Period: ALARM_PERIOD,
    };
  }
  const ids = metrics.map((_, index) => `m${index + 1}`);
  return {
    Metrics: [
      { Id: 'sum', Expression: ids.map((id) => `FILL(${id}, 0)`).join(' + '), Label: alarm.description },
      ...metrics.map((metric, index) => ({
        Id: ids[index],
        ReturnData: false,
        MetricStat: { Metric: metricProperties(metric, settings), Stat: statistic, Period: ALARM_PERIOD },
      })),
    ],
  };
}

function metricProperties({ namespace, name, dimension }: Metric, { functionName }: FunctionSettings) {
  const values: Readonly<Record<Metric['dimension'], TemplateValue>> = {
    FunctionName: ref('Function'),
    ApiId: ref('Api'),
    ApiName: functionName,
    LoadBalancer: getAtt('LoadBalancer.LoadBalancerFullName'),
  };
  return { Namespace: namespace, MetricName: name, Dimensions: [{ Name: dimension, Value: values[dimension] }] };
}
