import type { FunctionSettings } from '../config/function-settings.js';
import type { DeployedGateway } from '../config/gateways.js';

/** A metric of CloudWatch. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  /** What it is of: the function by its name, an HTTP API by its id, a REST API by its name, a load balancer by its full name. */
  readonly dimension: 'FunctionName' | 'ApiId' | 'ApiName' | 'LoadBalancer';
}

/** An alarm: it is on while the metrics of five minutes, added up, reach the threshold. Missing data is no reason. */
export interface Alarm {
  /** `Errors`, for names in code. */
  readonly id: 'Errors' | 'Throttles' | 'P99' | 'ServerErrors';
  /** `hello-errors`, the name in CloudWatch. */
  readonly name: string;
  readonly description: string;
  readonly metrics: readonly [Metric, ...Metric[]];
  readonly statistic: 'Sum' | 'p99';
  readonly threshold: number;
}

/** How long an alarm counts, in seconds. */
export const ALARM_PERIOD = 300;

/** The metrics of replies with a status of 500 and above. Those of a load balancer itself count apart from the function's. */
const SERVER_ERRORS: Readonly<Record<DeployedGateway, readonly [Metric, ...Metric[]]>> = {
  url: [{ namespace: 'AWS/Lambda', name: 'Url5xxCount', dimension: 'FunctionName' }],
  http: [{ namespace: 'AWS/ApiGateway', name: '5xx', dimension: 'ApiId' }],
  rest: [{ namespace: 'AWS/ApiGateway', name: '5XXError', dimension: 'ApiName' }],
  alb: [
    { namespace: 'AWS/ApplicationELB', name: 'HTTPCode_Target_5XX_Count', dimension: 'LoadBalancer' },
    { namespace: 'AWS/ApplicationELB', name: 'HTTPCode_ELB_5XX_Count', dimension: 'LoadBalancer' },
  ],
};

/** The alarms of a function and its gateway. */
export function alarmsOf({ alarms, functionName, gateway }: FunctionSettings): Alarm[] {
  if (alarms === undefined) return [];
  const ofFunction = (name: string): readonly [Metric] => [
    { namespace: 'AWS/Lambda', name, dimension: 'FunctionName' },
  ];
  const { errors, throttles, p99, serverErrors } = alarms;
  const all: readonly (Omit<Alarm, 'name' | 'threshold'> & { threshold: number | false; name: string })[] = [
    {
      id: 'Errors',
      name: 'errors',
      description: 'Invocations failed: crashes and time-outs',
      metrics: ofFunction('Errors'),
      statistic: 'Sum',
      threshold: errors,
    },
    {
      id: 'Throttles',
      name: 'throttles',
      description: 'Invocations were refused for want of concurrency',
      metrics: ofFunction('Throttles'),
      statistic: 'Sum',
      threshold: throttles,
    },
    {
      id: 'P99',
      name: 'p99',
      description: 'One of 100 invocations takes this many milliseconds or more',
      metrics: ofFunction('Duration'),
      statistic: 'p99',
      threshold: p99,
    },
    {
      id: 'ServerErrors',
      name: 'server-errors',
      description: 'Replies have a status of 500 or above',
      metrics: SERVER_ERRORS[gateway],
      statistic: 'Sum',
      threshold: serverErrors,
    },
  ];
  return all.flatMap(({ name, threshold, ...alarm }) =>
    threshold === false ? [] : [{ ...alarm, name: `${functionName}-${name}`, threshold }],
  );
}
