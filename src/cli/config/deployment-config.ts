/** A statement of an IAM policy: what the function may do beside writing its logs. */
export interface PolicyStatement {
  /** Default: `Allow`. */
  readonly effect?: 'Allow' | 'Deny' | undefined;
  /** Such as `dynamodb:GetItem`. */
  readonly actions: readonly string[];
  /** ARNs, or `*`. */
  readonly resources: readonly string[];
}

/** The VPC that a function is in, for databases that cannot be reached from outside. It costs internet access. */
export interface VpcConfig {
  /** Such as `subnet-0123`. Use at least two, in different zones. */
  readonly subnetIds: readonly string[];
  /** Such as `sg-0123`. */
  readonly securityGroupIds: readonly string[];
}

/** A domain of yours in front of an HTTP API, a REST API or a load balancer. */
export interface DomainConfig {
  /** Such as `www.example.com`. */
  readonly name: string;
  /** The ARN of a certificate of ACM for the name, in the region of the function. */
  readonly certificateArn: string;
  /** The id of the hosted zone of Route 53 that gets the record. Default: none; the outputs say where to point it. */
  readonly hostedZoneId?: string | undefined;
}

/** How many requests API Gateway lets through, for all clients together. It replies to others with 429. */
export interface ThrottlingConfig {
  /** Requests a second. */
  readonly rateLimit: number;
  /** Requests at one moment. */
  readonly burstLimit: number;
}

/** Alarms of CloudWatch. Each counts within five minutes; `false` leaves one out. */
export interface AlarmsConfig {
  /** The ARN of the topic of SNS that is notified. Default: none; alarms are only shown. */
  readonly topicArn?: string | undefined;
  /** Failed invocations: crashes and time-outs. Default: 1. */
  readonly errors?: number | false | undefined;
  /** Invocations refused for want of concurrency. Default: 1. */
  readonly throttles?: number | false | undefined;
  /** The duration that 99 of 100 invocations stay below, in milliseconds. Default: three quarters of the time-out. */
  readonly p99?: number | false | undefined;
  /** Replies of the gateway with a status of 500 and above. Default: 5. */
  readonly serverErrors?: number | false | undefined;
}

/** A schedule that invokes the function with an event of its own, which `onOtherEvent` takes. */
export interface ScheduleConfig {
  /** `rate(5 minutes)` or `cron(0 6 * * ? *)`, in UTC. Of the days of the month and of the week, one is `?` (EventBridge). */
  readonly expression: string;
  /** The event, as JSON of at most 8,192 characters. Default: EventBridge's own. */
  readonly input?: unknown;
}

/**
 * A queue of SQS whose messages invoke the function, which `onOtherEvent` takes. It may return `{ batchItemFailures }`: only
 * those messages stay in the queue.
 */
export interface QueueConfig {
  readonly arn: string;
  /** Messages in one event, 1 to 10. Default: 10. */
  readonly batchSize?: number | undefined;
}

/** What is deployed around the function: permissions, network, logs, alarms, domain. Each is optional. */
export interface DeploymentConfig {
  /** The most invocations at one time, so that the app cannot take the concurrency of others. Default: no limit. */
  readonly reservedConcurrency?: number | undefined;
  /** Whether X-Ray traces the function, with the permission for it. Default: false. */
  readonly tracing?: boolean | undefined;
  /**
   * An alias, such as `live`, that the gateway calls: each deployment publishes a version and points the alias to it, so
   * that one can go back. Default: none; the gateway calls the newest code.
   */
  readonly alias?: string | undefined;
  /** ARNs of layer versions, at most 5. Default: none. */
  readonly layers?: readonly string[] | undefined;
  /**
   * Environment variables whose values come from Secrets Manager when the function is deployed: the name or the ARN of a
   * secret, and after `#` the key of a JSON secret, such as `prod/db#password`. Only the reference is in the files.
   * Default: none.
   */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  /** What the function may do beside writing its logs. Default: nothing. */
  readonly policies?: readonly PolicyStatement[] | undefined;
  /** Default: none. */
  readonly vpc?: VpcConfig | undefined;
  /** Tags of every resource. Default: none. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** `json` has Lambda write each log entry as one JSON object. Default: `text`. */
  readonly logFormat?: 'text' | 'json' | undefined;
  /** The least level of `console` that is kept; only with `logFormat: 'json'`. Default: Lambda's, `info`. */
  readonly logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | undefined;
  /**
   * The least level of Lambda's own entries, such as `START` and `REPORT`, that is kept; only with `logFormat: 'json'`. `warn`
   * leaves out those of every invocation. Default: Lambda's, `info`.
   */
  readonly systemLogLevel?: 'debug' | 'info' | 'warn' | undefined;
  /** Who may call a Function URL: `iam` takes only requests signed for AWS, such as CloudFront's. Default: `none`. */
  readonly urlAuth?: 'none' | 'iam' | undefined;
  /** Only for the gateways `http`, `rest` and `alb`. Default: none. */
  readonly domain?: DomainConfig | undefined;
  /** Only for the gateways `http` and `rest`. Default: the account's limits. */
  readonly throttling?: ThrottlingConfig | undefined;
  /**
   * Whether the gateway logs each request: HTTP and REST APIs to a log group, a load balancer to the bucket of S3 that is
   * named. Default: false.
   */
  readonly accessLogs?: boolean | { readonly bucket: string; readonly prefix?: string | undefined } | undefined;
  /** `true` takes every default. Default: no alarms. */
  readonly alarms?: boolean | AlarmsConfig | undefined;
  /** Default: none. */
  readonly schedules?: readonly ScheduleConfig[] | undefined;
  /** Default: none. */
  readonly queues?: readonly QueueConfig[] | undefined;
}
