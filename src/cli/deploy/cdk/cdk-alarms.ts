import type { FunctionSettings } from '../../config/function-settings.js';
import { type Alarm, alarmsOf, type Metric } from '../alarms.js';
import type { CdkPart } from './cdk-part.js';
import { listLiteral, objectLiteral, textLiteral } from './literal.js';

/** The alarms of the settings. Metrics of CDK are of five minutes, unless they say otherwise. */
export function cdkAlarms(settings: FunctionSettings): CdkPart | undefined {
  const alarms = alarmsOf(settings);
  if (alarms.length === 0) return undefined;
  const topicArn = settings.alarms?.topicArn;
  return {
    imports: {
      '* as cloudwatch': 'aws-cdk-lib/aws-cloudwatch',
      ...(topicArn === undefined
        ? {}
        : { '* as actions': 'aws-cdk-lib/aws-cloudwatch-actions', '* as sns': 'aws-cdk-lib/aws-sns' }),
    },
    fields: { alarms: 'cloudwatch.Alarm[]' },
    body: `const alarmOptions = {
  evaluationPeriods: 1,
  treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
};
this.alarms = ${listLiteral(alarms.map(alarmCode))};
${topicArn === undefined ? '' : notification(topicArn)}`,
  };
}

function alarmCode(alarm: Alarm): string {
  return `new cloudwatch.Alarm(this, '${alarm.id}Alarm', ${objectLiteral([
    ['alarmName', textLiteral(alarm.name)],
    ['alarmDescription', textLiteral(alarm.description)],
    ['metric', metricsCode(alarm)],
    ['threshold', alarm.threshold],
  ]).replace(/\n\}$/, '\n  ...alarmOptions,\n}')})`;
}

/** The methods of constructs that have metrics. */
const METHODS: Readonly<Record<string, string>> = {
  Errors: 'this.function.metricErrors()',
  Throttles: 'this.function.metricThrottles()',
  '5xx': "this.api.metricServerError({ statistic: 'Sum' })",
  '5XXError': "this.api.metricServerError({ statistic: 'Sum' })",
};

const DIMENSIONS: Readonly<Record<Metric['dimension'], string>> = {
  FunctionName: 'this.function.functionName',
  ApiId: 'this.api.apiId',
  ApiName: 'this.api.restApiName',
  LoadBalancer: 'this.loadBalancer.attrLoadBalancerFullName',
};

function metricsCode({ metrics, statistic }: Alarm): string {
  const codes = metrics.map((metric) => metricCode(metric, statistic));
  if (codes.length === 1) return codes[0] as string;
  const ids = codes.map((_code, index) => `m${index + 1}`);
  return `new cloudwatch.MathExpression(${objectLiteral([
    ['expression', textLiteral(ids.map((id) => `FILL(${id}, 0)`).join(' + '))],
    ['usingMetrics', objectLiteral(ids.map((id, index) => [id, codes[index]]))],
  ])})`;
}

function metricCode({ namespace, name, dimension }: Metric, statistic: string): string {
  if (name === 'Duration') return `this.function.metricDuration({ statistic: '${statistic}' })`;
  const method = METHODS[name];
  if (method !== undefined) return method;
  return `new cloudwatch.Metric(${objectLiteral([
    ['namespace', textLiteral(namespace)],
    ['metricName', textLiteral(name)],
    ['dimensionsMap', `{ ${dimension}: ${DIMENSIONS[dimension]} }`],
    ['statistic', textLiteral(statistic)],
  ])})`;
}

function notification(topicArn: string): string {
  return `const topic = sns.Topic.fromTopicArn(this, 'AlarmTopic', ${textLiteral(topicArn)});
for (const alarm of this.alarms) {
  alarm.addAlarmAction(new actions.SnsAction(topic));
  alarm.addOkAction(new actions.SnsAction(topic));
}
`;
}
