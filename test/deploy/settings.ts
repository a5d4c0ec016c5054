import type { LambdaConfig } from '../../src/cli/config/config.js';
import type { DeployedGateway } from '../../src/cli/config/gateways.js';

const ACCOUNT = '123456789012';

/** A domain and its certificate. */
export const DOMAIN = {
  name: 'www.example.com',
  certificateArn: `arn:aws:acm:eu-central-1:${ACCOUNT}:certificate/12345678-1234-1234-1234-123456789012`,
};

export const TOPIC = `arn:aws:sns:eu-central-1:${ACCOUNT}:ops`;
export const QUEUE = `arn:aws:sqs:eu-central-1:${ACCOUNT}:jobs`;
export const LAYER = `arn:aws:lambda:eu-central-1:${ACCOUNT}:layer:tools:3`;

/** Values of each setting of a deployment by the name of the row, and the gateways that have it. Default: every gateway. */
export const SETTINGS: Readonly<
  Record<string, LambdaConfig & { readonly only?: readonly DeployedGateway[] | undefined }>
> = {
  concurrency: { reservedConcurrency: 20 },
  tracing: { tracing: true },
  alias: { alias: 'live_1-x' },
  layers: { layers: [LAYER] },
  secrets: {
    environment: { PLAIN: 'yes' },
    secrets: {
      TOKEN: 'prod/token',
      PASSWORD: 'prod/db#password',
      BY_ARN: `arn:aws:secretsmanager:eu-central-1:${ACCOUNT}:secret:prod/db-AbCdEf#user`,
    },
  },
  policies: {
    policies: [
      {
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        resources: [`arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/loans`],
      },
      { effect: 'Deny', actions: ['s3:DeleteObject'], resources: ['*'] },
    ],
  },
  vpc: {
    vpc: {
      subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      securityGroupIds: ['sg-0123456789abcdef0'],
    },
  },
  tags: { tags: { team: 'web', 'cost-center': '42' } },
  'json logs': { logFormat: 'json', logLevel: 'warn', systemLogLevel: 'info' },
  'signed requests': { urlAuth: 'iam', only: ['url'] },
  domain: { domain: DOMAIN, only: ['http', 'rest', 'alb'] },
  'domain with a record': { domain: { ...DOMAIN, hostedZoneId: 'Z0123456789ABC' }, only: ['http', 'rest', 'alb'] },
  throttling: { throttling: { rateLimit: 100, burstLimit: 50 }, only: ['http', 'rest'] },
  'access logs': { accessLogs: true, only: ['http', 'rest'] },
  'access logs in a bucket': { accessLogs: { bucket: 'my-logs', prefix: 'app' }, only: ['alb'] },
  alarms: { alarms: { topicArn: TOPIC } },
  'some alarms': { alarms: { errors: 5, throttles: false, p99: 1500, serverErrors: false } },
  schedules: {
    schedules: [
      { expression: 'rate(5 minutes)' },
      { expression: 'cron(0 6 ? * MON-FRI *)', input: { task: 'clean', note: `it's "quoted" \${x}` } },
    ],
  },
  queues: { queues: [{ arn: QUEUE }, { arn: `${QUEUE}-2.fifo`, batchSize: 1 }] },
};

/** The settings that a gateway has, by the name of the row. */
export function settingsOf(gateway: DeployedGateway): [name: string, settings: LambdaConfig][] {
  return Object.entries(SETTINGS)
    .filter(([, { only }]) => only === undefined || only.includes(gateway))
    .map(([name, { only: _, ...settings }]) => [name, settings]);
}

/** All settings of a gateway at once, in a stage. */
export function everySetting(gateway: DeployedGateway): LambdaConfig {
  return Object.assign({}, ...settingsOf(gateway).map(([, settings]) => settings)) as LambdaConfig;
}
