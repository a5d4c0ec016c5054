import type {
  DynamoDBStreamEvent,
  EventBridgeEvent,
  KinesisStreamEvent,
  S3Event,
  ScheduledEvent,
  SNSEvent,
  SQSEvent,
} from 'aws-lambda';
import { isObject } from './codecs/event-fields.js';

/** Whether all records of an event are from one service. An empty list is from none: no service sends one. */
function hasRecordsOf(event: unknown, source: string): boolean {
  if (!isObject(event)) return false;
  const { Records: records } = event;
  // SNS alone writes the member with a capital.
  const isOfSource = (record: unknown) =>
    isObject(record) && (record['eventSource'] ?? record['EventSource']) === source;
  return Array.isArray(records) && records.length > 0 && records.every(isOfSource);
}

/**
 * Whether an event is a batch of messages from an SQS queue. For messages that SQS must deliver again, return
 * `{ batchItemFailures }` from `onOtherEvent`, or throw.
 *
 * @example
 * ```ts
 * const onOtherEvent = async (event: unknown) => {
 *   if (isSqsEvent(event)) for (const { body } of event.Records) console.log(body);
 * };
 * ```
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function isSqsEvent(event: unknown): event is SQSEvent {
  return hasRecordsOf(event, 'aws:sqs');
}

/** Whether an event is a notification of an SNS topic. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export function isSnsEvent(event: unknown): event is SNSEvent {
  return hasRecordsOf(event, 'aws:sns');
}

/** Whether an event is a notification of an S3 bucket. @see https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html */
export function isS3Event(event: unknown): event is S3Event {
  return hasRecordsOf(event, 'aws:s3');
}

/** Whether an event is a batch of records from a DynamoDB stream. @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export function isDynamoDbStreamEvent(event: unknown): event is DynamoDBStreamEvent {
  return hasRecordsOf(event, 'aws:dynamodb');
}

/** Whether an event is a batch of records from a Kinesis stream. @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
export function isKinesisStreamEvent(event: unknown): event is KinesisStreamEvent {
  return hasRecordsOf(event, 'aws:kinesis');
}

/**
 * Whether an event is from EventBridge, scheduled events included.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
 */
export function isEventBridgeEvent(event: unknown): event is EventBridgeEvent<string, unknown> {
  return isObject(event) && typeof event['detail-type'] === 'string' && typeof event['source'] === 'string';
}

/**
 * Whether an event is from a schedule: a rule of EventBridge, or EventBridge Scheduler without a custom input.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html
 */
export function isScheduledEvent(event: unknown): event is ScheduledEvent {
  return (
    isEventBridgeEvent(event) &&
    event['detail-type'] === 'Scheduled Event' &&
    (event.source === 'aws.events' || event.source === 'aws.scheduler')
  );
}
