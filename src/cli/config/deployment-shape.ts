import {
  flag,
  isObject,
  listOf,
  matching,
  type ObjectKind,
  oneOf,
  orFalse,
  record,
  type Shape,
  text,
  type ValueKind,
  whole,
} from './value-kinds.js';

/** The pattern of an ARN of a service; the partition, the region and the account may be any. */
const arn = (service: string, resource: string) => new RegExp(`^arn:aws[\\w-]*:${service}:[\\w-]*:\\d*:${resource}$`);

/** Names of environment variables (Lambda, Environment). */
export const VARIABLE = /^[A-Za-z][A-Za-z0-9_]+$/;

/** `rate(5 minutes)`, with a singular for 1, or `cron(…)` of six fields, of which one of the two for days is `?` (EventBridge). */
const SCHEDULE =
  /^(?:rate\((?:1 (?:minute|hour|day)|(?:[2-9]|[1-9]\d+) (?:minutes|hours|days))\)|cron\(\S+ \S+ (?:\? \S+ [^\s?]+|[^\s?]+ \S+ \?) \S+\))$/;

/** The longest event that a rule sends, in characters (EventBridge, Target). */
const MAX_INPUT = 8192;

const json: ValueKind = {
  expected: `a value that JSON can hold, of at most ${MAX_INPUT} characters`,
  accepts: (value) => {
    try {
      return (JSON.stringify(value)?.length ?? Number.POSITIVE_INFINITY) <= MAX_INPUT;
    } catch {
      return false;
    }
  },
};

const alarms: ObjectKind = {
  or: flag,
  of: {
    topicArn: matching('the ARN of a topic of SNS', arn('sns', '[\\w-]+(?:\\.fifo)?')),
    errors: orFalse(whole(1, 1_000_000_000, 'invocations')),
    throttles: orFalse(whole(1, 1_000_000_000, 'invocations')),
    p99: orFalse(whole(1, 900_000, 'milliseconds')),
    serverErrors: orFalse(whole(1, 1_000_000_000, 'replies')),
  },
};

const domain: ObjectKind = {
  required: ['name', 'certificateArn'],
  of: {
    name: matching('a domain such as "www.example.com"', /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/),
    certificateArn: matching('the ARN of a certificate of ACM', arn('acm', 'certificate/[\\w-]+')),
    hostedZoneId: matching('the id of a hosted zone, such as "Z0123456789"', /^Z[A-Z0-9]{1,31}$/),
  },
};

const vpc: ObjectKind = {
  required: ['subnetIds', 'securityGroupIds'],
  of: {
    subnetIds: listOf('an array of 1 to 16 ids such as "subnet-0123"', /^subnet-[0-9a-f]+$/, 1, 16),
    securityGroupIds: listOf('an array of 1 to 5 ids such as "sg-0123"', /^sg-[0-9a-f]+$/, 1, 5),
  },
};

const policy: ObjectKind = {
  required: ['actions', 'resources'],
  of: {
    effect: oneOf('Allow', 'Deny'),
    actions: listOf('an array of actions such as "s3:GetObject"', /^(?:\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/, 1, 1000),
    resources: listOf('an array of ARNs, or of "*"', /^(?:\*|arn:.+)$/, 1, 1000),
  },
};

/** What is deployed around the function. The limits are those of AWS's own checks. */
export const DEPLOYMENT_SHAPE: Shape = {
  reservedConcurrency: whole(0, 1_000_000, 'invocations'),
  tracing: flag,
  alias: matching(
    'a string of 1 to 128 letters, digits, hyphens and underscores, and not only digits',
    /^(?!\d+$)[A-Za-z0-9_-]{1,128}$/,
  ),
  layers: listOf(
    'an array of at most 5 ARNs of layer versions',
    /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:layer:[\w-]+:\d+$/,
    0,
    5,
  ),
  secrets: record(
    'an object of names or ARNs of secrets, with the key of a JSON secret after "#", by environment variables',
    VARIABLE,
    /^(?:arn:aws[\w-]*:secretsmanager:[\w-]+:\d{12}:secret:)?[\w/+=.@-]{1,512}(?:#[\w.-]+)?$/,
  ),
  policies: { list: policy },
  vpc,
  tags: {
    expected:
      'an object of at most 50 strings: names up to 128 characters, not beginning with "aws:", values up to 256',
    accepts: (value) => isObject(value) && Object.keys(value).length <= 50 && Object.entries(value).every(isTag),
  },
  logFormat: oneOf('text', 'json'),
  logLevel: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal'),
  systemLogLevel: oneOf('debug', 'info', 'warn'),
  urlAuth: oneOf('none', 'iam'),
  domain,
  throttling: {
    required: ['rateLimit', 'burstLimit'],
    of: {
      rateLimit: whole(1, 1_000_000, 'requests a second'),
      burstLimit: whole(1, 1_000_000, 'requests'),
    },
  },
  accessLogs: {
    or: flag,
    required: ['bucket'],
    of: { bucket: matching('the name of a bucket', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/), prefix: text },
  },
  alarms,
  schedules: {
    list: {
      required: ['expression'],
      of: { expression: matching('such as "rate(5 minutes)" or "cron(0 6 * * ? *)"', SCHEDULE), input: json },
    },
  },
  queues: {
    list: {
      required: ['arn'],
      of: {
        arn: matching('the ARN of a queue of SQS', arn('sqs', '[\\w-]+(?:\\.fifo)?')),
        batchSize: whole(1, 10, 'messages'),
      },
    },
  },
};

/** Whether a tag is one that all services take. */
function isTag([name, value]: readonly [string, unknown]): boolean {
  const characters = /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u;
  return (
    name.length >= 1 &&
    name.length <= 128 &&
    !/^aws:/i.test(name) &&
    characters.test(name) &&
    typeof value === 'string' &&
    value.length <= 256 &&
    characters.test(value)
  );
}
