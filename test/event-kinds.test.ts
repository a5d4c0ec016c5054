import {
  isDynamoDbStreamEvent,
  isEventBridgeEvent,
  isKinesisStreamEvent,
  isS3Event,
  isScheduledEvent,
  isSnsEvent,
  isSqsEvent,
} from 'twodoors/lambda';
import { restEvent } from './fixtures/events/events.js';

const records = (source: string, name = 'eventSource') => ({ Records: [{ [name]: source }, { [name]: source }] });
const kinds = {
  isDynamoDbStreamEvent,
  isEventBridgeEvent,
  isKinesisStreamEvent,
  isS3Event,
  isScheduledEvent,
  isSnsEvent,
  isSqsEvent,
};

test.each<[what: string, event: unknown, ...kinds: (keyof typeof kinds)[]]>([
  ['a queue', records('aws:sqs'), 'isSqsEvent'],
  ['a topic', records('aws:sns', 'EventSource'), 'isSnsEvent'],
  ['objects in S3', records('aws:s3'), 'isS3Event'],
  ['a stream of DynamoDB', records('aws:dynamodb'), 'isDynamoDbStreamEvent'],
  ['a stream of Kinesis', records('aws:kinesis'), 'isKinesisStreamEvent'],
  [
    'a rule with a schedule',
    { source: 'aws.events', 'detail-type': 'Scheduled Event' },
    'isEventBridgeEvent',
    'isScheduledEvent',
  ],
  [
    'EventBridge Scheduler',
    { source: 'aws.scheduler', 'detail-type': 'Scheduled Event' },
    'isEventBridgeEvent',
    'isScheduledEvent',
  ],
  ['a bus', { source: 'shop', 'detail-type': 'Scheduled Event' }, 'isEventBridgeEvent'],
  ['records of two services', { Records: [{ eventSource: 'aws:sqs' }, { eventSource: 'aws:s3' }] }],
  ['no records', { Records: [] }],
  ['records that are not objects', { Records: [null] }],
  ['a request', restEvent()],
  ['a ping', 'warm-up'],
  ['null', null],
])('%s', (_what, event, ...expected) => {
  expect(
    Object.entries(kinds)
      .filter(([, is]) => is(event))
      .map(([name]) => name),
  ).toEqual([...expected].sort());
});
