import type { FunctionSettings } from '../../config/function-settings.js';
import { ALARM_PERIOD, type Alarm, alarmsOf, type Metric } from '../alarms.js';
import { type Argument, block, quoted, textList } from './hcl.js';

/** The alarms of the settings. */
export function alarmResources(settings: FunctionSettings): string[] {
  return alarmsOf(settings).map((alarm) => alarmResource(alarm, settings.alarms?.topicArn));
}

/** The addresses of the alarms, which never change. */
const ADDRESSES: Readonly<Record<Alarm['id'], string>> = {
  Errors: 'errors',
  Throttles: 'throttles',
  P99: 'p99',
  ServerErrors: 'server_errors',
};

const DIMENSIONS: Readonly<Record<Metric['dimension'], string>> = {
  FunctionName: 'aws_lambda_function.app.function_name',
  ApiId: 'aws_apigatewayv2_api.app.id',
  ApiName: 'aws_api_gateway_rest_api.app.name',
  LoadBalancer: 'aws_lb.app.arn_suffix',
};

function alarmResource(alarm: Alarm, topicArn: string | undefined): string {
  const [metric, ...others] = alarm.metrics;
  const isSum = others.length > 0;
  const topic = topicArn === undefined ? undefined : textList([topicArn]);
  return block(
    `resource "aws_cloudwatch_metric_alarm" ${quoted(ADDRESSES[alarm.id])}`,
    [
      ['alarm_name', quoted(alarm.name)],
      ['alarm_description', quoted(alarm.description)],
      ...(isSum ? [] : metricArguments(metric, alarm, alarm.statistic === 'p99' ? 'extended_statistic' : 'statistic')),
      ['evaluation_periods', 1],
      ['comparison_operator', '"GreaterThanOrEqualToThreshold"'],
      ['threshold', alarm.threshold],
      ['treat_missing_data', '"notBreaching"'],
      ['alarm_actions', topic],
      ['ok_actions', topic],
    ],
    isSum ? queries(alarm) : [],
  );
}

function metricArguments(
  { namespace, name, dimension }: Metric,
  { statistic }: Alarm,
  statisticName: string,
): Argument[] {
  return [
    ['namespace', quoted(namespace)],
    ['metric_name', quoted(name)],
    ['dimensions', `{ ${dimension} = ${DIMENSIONS[dimension]} }`],
    [statisticName, quoted(statistic)],
    ['period', ALARM_PERIOD],
  ];
}

/** The sum of several metrics. One that has no data counts as 0. */
function queries(alarm: Alarm): string[] {
  const ids = alarm.metrics.map((_metric, index) => `m${index + 1}`);
  const sum = block('metric_query', [
    ['id', '"sum"'],
    ['expression', quoted(ids.map((id) => `FILL(${id}, 0)`).join(' + '))],
    ['label', quoted(alarm.description)],
    ['return_data', true],
  ]);
  const parts = alarm.metrics.map((metric, index) =>
    block(
      'metric_query',
      [['id', quoted(ids[index] as string)]],
      [block('metric', metricArguments(metric, alarm, 'stat'))],
    ),
  );
  return [sum, ...parts];
}
