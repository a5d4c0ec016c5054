import type { LambdaConfig } from '../../src/cli/config/config.js';
import type { DeployedGateway } from '../../src/cli/config/gateways.js';

/** One setting of what is deployed around a function, and the gateways that have it. */
export interface SettingRow {
  readonly name: string;
  readonly lambda: LambdaConfig;
  /** Default: all. */
  readonly gateways?: readonly DeployedGateway[];
}

export const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:alarms';
export const CERTIFICATE = 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-1111-2222-3333-444455556666';
export const LAYER = 'arn:aws:lambda:eu-central-1:123456789012:layer:fonts:3';
export const QUEUE = 'arn:aws:sqs:eu-central-1:123456789012:orders';
export const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:mail-a1B2c3';
export const TABLE = 'arn:aws:dynamodb:eu-central-1:123456789012:table/orders';

const API: readonly DeployedGateway[] = ['http', 'rest'];

/** Each setting alone. */
export const SETTING_ROWS: readonly SettingRow[] = [
  { name: 'nothing', lambda: {} },
  { name: 'reservedConcurrency', lambda: { reservedConcurrency: 20 } },
  { name: 'tracing', lambda: { tracing: true } },
  { name: 'alias', lambda: { alias: 'live' } },
  { name: 'layers', lambda: { layers: [LAYER] } },
  {
    name: 'secrets',
    lambda: { secrets: { PASSWORD: 'prod/db#password', USER: 'prod/db#user', MAIL: SECRET } },
  },
  {
    name: 'policies',
    lambda: {
      policies: [
        { actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resources: [TABLE] },
        { effect: 'Deny', actions: ['s3:DeleteObject'], resources: ['arn:aws:s3:::files/${aws:username}/*'] },
      ],
    },
  },
  {
    name: 'vpc',
    lambda: {
      vpc: {
        subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
        securityGroupIds: ['sg-0123456789abcdef0'],
      },
    },
  },
  { name: 'tags', lambda: { tags: { team: 'web @ home', 'cost-center': '4711' } } },
  { name: 'logFormat', lambda: { logFormat: 'json', logLevel: 'debug', systemLogLevel: 'warn' } },
  { name: 'urlAuth', lambda: { urlAuth: 'iam' }, gateways: ['url'] },
  {
    name: 'domain',
    lambda: { domain: { name: 'www.example.com', certificateArn: CERTIFICATE } },
    gateways: ['http', 'rest', 'alb'],
  },
  {
    name: 'domain-zone',
    lambda: { domain: { name: 'www.example.com', certificateArn: CERTIFICATE, hostedZoneId: 'Z0123456789' } },
    gateways: ['http', 'rest', 'alb'],
  },
  { name: 'throttling', lambda: { throttling: { rateLimit: 50, burstLimit: 100 } }, gateways: API },
  { name: 'accessLogs', lambda: { accessLogs: true }, gateways: API },
  { name: 'accessLogs-bucket', lambda: { accessLogs: { bucket: 'our-logs', prefix: 'app' } }, gateways: ['alb'] },
  { name: 'alarms', lambda: { alarms: true } },
  {
    name: 'alarms-some',
    lambda: { alarms: { topicArn: TOPIC, errors: 3, throttles: false, p99: 1500, serverErrors: 7 } },
  },
  {
    name: 'schedules',
    lambda: {
      schedules: [
        { expression: 'rate(5 minutes)' },
        { expression: 'cron(0 6 * * ? *)', input: { job: "the day's", parts: [1, 'two', null, { 'a-b': true }] } },
      ],
    },
  },
  { name: 'queues', lambda: { queues: [{ arn: QUEUE, batchSize: 5 }, { arn: `${QUEUE}-late` }] } },
];

const GATEWAYS: readonly DeployedGateway[] = ['url', 'http', 'rest', 'alb'];

/** A setting behind a gateway, or all settings that the gateway has. */
export interface SettingCase {
  /** `http-alias`, `http-all`. */
  readonly name: string;
  readonly gateway: DeployedGateway;
  readonly lambda: LambdaConfig;
}

/** The name and the time-out show in names and in the default of an alarm. */
const FUNCTION: LambdaConfig = { functionName: 'my_app', timeout: 20, logRetentionInDays: 90 };

/** Every setting on its own, and all together, behind every gateway. */
export const settingCases: readonly SettingCase[] = GATEWAYS.flatMap((gateway) => {
  const rows = SETTING_ROWS.filter(({ gateways }) => gateways?.includes(gateway) ?? true);
  const all: LambdaConfig = Object.assign({}, ...rows.map(({ lambda }) => lambda));
  return [...rows, { name: 'all', lambda: all }].map(({ name, lambda }) => ({
    name: `${gateway}-${name}`,
    gateway,
    lambda: { ...FUNCTION, ...lambda, gateway },
  }));
});
