import { findConfigMistakes } from '../src/cli/config/config-check.js';
import { functionSettings } from '../src/cli/config/function-settings.js';

const CERTIFICATE = 'arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';

/** Every setting of a deployment, with values that it accepts. */
const ACCEPTED: readonly [setting: string, ...values: unknown[]][] = [
  ['reservedConcurrency', 0, 1, 1000],
  ['tracing', true, false],
  ['alias', 'live', 'v_1-x', '1a'],
  ['layers', [], ['arn:aws:lambda:eu-central-1:123456789012:layer:tools:3']],
  [
    'secrets',
    {},
    { TOKEN: 'prod/db', KEY: 'prod/db#password' },
    { TOKEN: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-AbCdEf#password' },
  ],
  [
    'policies',
    [],
    [{ actions: ['s3:GetObject', 'dynamodb:*'], resources: ['*', 'arn:aws:s3:::bucket/*'] }],
    [{ effect: 'Deny', actions: ['*'], resources: ['*'] }],
  ],
  ['vpc', { subnetIds: ['subnet-0123', 'subnet-0abc'], securityGroupIds: ['sg-0123'] }],
  ['tags', {}, { team: 'Größe & co'.replace('&', '+'), 'cost:center': '' }],
  ['logFormat', 'text', 'json'],
  ['logLevel', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'],
  ['systemLogLevel', 'debug', 'info', 'warn'],
  ['urlAuth', 'none', 'iam'],
  ['domain', { name: 'www.example.com', certificateArn: CERTIFICATE, hostedZoneId: 'Z0123456789ABC' }],
  ['throttling', { rateLimit: 100, burstLimit: 50 }],
  ['accessLogs', true, false, { bucket: 'my-logs' }, { bucket: 'my.logs', prefix: 'app/' }],
  ['alarms', true, false, {}, { topicArn: 'arn:aws:sns:eu-central-1:123456789012:ops', errors: false, p99: 900 }],
  [
    'schedules',
    ['rate(1 minute)', 'rate(5 minutes)', 'rate(10 days)', 'cron(0 6 * * ? *)', 'cron(0/5 8-17 ? * MON-FRI *)'].map(
      (expression) => ({ expression }),
    ),
    [{ expression: 'rate(1 day)', input: { kind: 'clean', days: [1, null] } }],
  ],
  ['queues', [{ arn: 'arn:aws:sqs:eu-central-1:123456789012:jobs.fifo' }, { arn: 'arn:aws:sqs:a:1:b', batchSize: 1 }]],
  ['zipPackages', [], ['sharp', '@node-rs/argon2']],
  ['stages', {}, { dev: {}, prod: { gateway: 'http', memorySize: 1024, domain: undefined } }],
];

test.each(ACCEPTED)('"lambda.%s" accepts what AWS accepts', (setting, ...values) => {
  expect(values.flatMap((value) => findConfigMistakes({ lambda: { [setting]: value } }))).toEqual([]);
});

/** Values that AWS refuses, with the part of the message that says what is expected. */
const REFUSED: readonly [setting: string, value: unknown, name: string, message: string][] = [
  ['reservedConcurrency', -1, 'reservedConcurrency', 'must be a whole number of invocations from 0'],
  ['reservedConcurrency', 1.5, 'reservedConcurrency', 'must be a whole number'],
  ['tracing', 'Active', 'tracing', 'must be true or false'],
  ['alias', '12', 'alias', 'not only digits'],
  ['alias', '$LATEST', 'alias', 'letters, digits, hyphens and underscores'],
  ['layers', ['tools'], 'layers', 'at most 5 ARNs of layer versions'],
  ['layers', Array(6).fill('arn:aws:lambda:eu-central-1:123456789012:layer:tools:3'), 'layers', 'at most 5'],
  ['secrets', { TOKEN: 'a b' }, 'secrets', 'the key of a JSON secret after "#"'],
  ['secrets', { 'A-B': 'x' }, 'secrets', 'by environment variables'],
  ['secrets', { TOKEN: 'x#a:b' }, 'secrets', 'must be an object of names or ARNs'],
  ['policies', [{ actions: ['s3:GetObject'] }], 'policies[0].resources', 'is missing; it must be an array of ARNs'],
  ['policies', [{ actions: ['GetObject'], resources: ['*'] }], 'policies[0].actions', 'such as "s3:GetObject"'],
  [
    'policies',
    [{ actions: ['s3:*'], resources: ['my-bucket'] }],
    'policies[0].resources',
    'an array of ARNs, or of "*"',
  ],
  ['policies', [{ Action: [], actions: ['*'], resources: ['*'] }], 'policies[0].Action', 'Did you mean'],
  ['policies', { actions: [] }, 'policies', 'must be an array of objects'],
  ['vpc', { subnetIds: ['subnet-1'] }, 'vpc.securityGroupIds', 'is missing; it must be an array of 1 to 5 ids'],
  ['vpc', { subnetIds: [], securityGroupIds: ['sg-1'] }, 'vpc.subnetIds', 'must be an array of 1 to 16 ids'],
  ['tags', { 'aws:x': '1' }, 'tags', 'not beginning with "aws:"'],
  ['tags', { x: 'a'.repeat(257) }, 'tags', 'values up to 256'],
  ['logFormat', 'JSON', 'logFormat', 'one of "text", "json"'],
  ['urlAuth', 'AWS_IAM', 'urlAuth', 'one of "none", "iam"'],
  ['domain', { name: 'www.example.com' }, 'domain.certificateArn', 'is missing; it must be the ARN of a certificate'],
  ['domain', { name: 'https://example.com', certificateArn: CERTIFICATE }, 'domain.name', 'a domain such as'],
  ['domain', { name: 'a.example', certificateArn: 'mine' }, 'domain.certificateArn', 'the ARN of a certificate'],
  ['throttling', { rateLimit: 1 }, 'throttling.burstLimit', 'is missing; it must be a whole number of requests'],
  ['accessLogs', 'bucket', 'accessLogs', 'must be true or false, or an object'],
  ['accessLogs', {}, 'accessLogs.bucket', 'is missing; it must be the name of a bucket'],
  ['alarms', { topicArn: 'ops' }, 'alarms.topicArn', 'the ARN of a topic of SNS'],
  ['alarms', { errors: true }, 'alarms.errors', 'from 1 to 1000000000, or false'],
  ['alarms', { error: 1 }, 'alarms.error', 'Did you mean "lambda.alarms.errors"?'],
  ['schedules', [{ expression: 'rate(1 minutes)' }], 'schedules[0].expression', 'such as "rate(5 minutes)"'],
  ['schedules', [{ expression: 'rate(0 minutes)' }], 'schedules[0].expression', 'such as'],
  ['schedules', [{ expression: 'cron(0 6 * * * *)' }], 'schedules[0].expression', '"cron(0 6 * * ? *)"'],
  ['schedules', [{ expression: 'cron(0 6 * * ?)' }], 'schedules[0].expression', 'such as'],
  ['schedules', [{ expression: 'rate(1 day)', input: 'a'.repeat(8191) }], 'schedules[0].input', '8192 characters'],
  ['schedules', [{ expression: 'rate(1 day)', input: 1n }], 'schedules[0].input', 'a value that JSON can hold'],
  ['queues', [{ arn: 'jobs' }], 'queues[0].arn', 'the ARN of a queue of SQS'],
  ['queues', [{ arn: 'arn:aws:sqs:a:1:b', batchSize: 11 }], 'queues[0].batchSize', 'messages from 1 to 10'],
  ['zipPackages', ['./sharp'], 'zipPackages', 'an array of names of packages'],
  ['stages', [], 'stages', 'must be an object of objects'],
  ['stages', { 'a/b': {} }, 'stages', 'has the name "a/b", but a name must be 1 to 30 letters'],
  ['stages', { dev: 1 }, 'stages.dev', 'must be an object'],
  ['stages', { dev: { timeout: 0 } }, 'stages.dev.timeout', 'from 1 to 900'],
  ['stages', { dev: { format: 'esm' } }, 'stages.dev.format', 'Did you mean "lambda.format"?'],
];

test.each(REFUSED)('"lambda.%s" refuses %j', (setting, value, name, message) => {
  const mistakes = findConfigMistakes({ lambda: { [setting]: value } });
  expect(mistakes).toEqual([expect.stringContaining(`"lambda.${name}" `)]);
  expect(mistakes[0]).toContain(message);
});

describe('a stage', () => {
  const lambda = {
    functionName: 'hello',
    memorySize: 256,
    timeout: 10,
    environment: { A: 'shared', B: 'shared' },
    tags: { team: 'web' },
    alarms: true,
    stages: {
      dev: {},
      prod: { memorySize: 1024, timeout: 20, environment: { B: 'own', STAGE: 'live' }, tags: { stage: 'p' } },
    },
  };
  const settings = (stage?: string) => functionSettings({ lambda }, 'app', stage);

  it('has its name in that of the function, in a variable and in a tag', () => {
    expect(settings('dev')).toMatchObject({
      stage: 'dev',
      functionName: 'hello-dev',
      environment: { A: 'shared', B: 'shared', STAGE: 'dev' },
      tags: { team: 'web', stage: 'dev' },
      memorySize: 256,
    });
  });

  it('overrides what is shared, but adds variables and tags, and defaults follow from its own settings', () => {
    expect(settings('prod')).toMatchObject({
      functionName: 'hello-prod',
      environment: { A: 'shared', B: 'own', STAGE: 'live' },
      tags: { team: 'web', stage: 'p' },
      memorySize: 1024,
      alarms: { p99: 15_000 },
    });
  });

  it('is not what is shared', () => {
    expect(settings()).toMatchObject({ stage: undefined, functionName: 'hello', environment: { A: 'shared' } });
    expect(settings().environment).not.toHaveProperty('STAGE');
  });
});
