import { jest } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { openGatewayDoor } from 'twodoors/testing';
import { handler } from '../src/bootstrap-lambda.js';

const invoke = (event: unknown) => handler(event as never, { awsRequestId: '1' } as Context);

const message = (messageId: string, body: string) => ({
  messageId,
  body,
  receiptHandle: 'r',
  attributes: {},
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:mails',
  awsRegion: 'eu-central-1',
});

const outbox = async () => {
  const door = openGatewayDoor('url', handler);
  const response = await door.request('/outbox');
  await door.close();
  return response.json();
};

test('messages that fail are named, the others are done', async () => {
  const silenced = jest.spyOn(console, 'error').mockImplementation(() => {});
  const event = {
    Records: [
      message('1', '{"to":"ada@example.com","text":"Hi"}'),
      message('2', '{"to":"?"}'),
      message('3', 'not JSON'),
    ],
  };
  expect(await invoke(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }, { itemIdentifier: '3' }] });
  expect(silenced).toHaveBeenCalledTimes(2);
  silenced.mockRestore();
  expect(await outbox()).toEqual([{ to: 'ada@example.com', text: 'Hi' }]);
});

test('the schedule empties the outbox', async () => {
  await invoke({
    version: '0',
    id: '1',
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '123456789012',
    time: '2026-11-27T00:00:00Z',
    region: 'eu-central-1',
    resources: [],
    detail: {},
  });
  expect(await outbox()).toEqual([]);
});

test('any other event fails, so that nothing takes it for done', async () => {
  await expect(invoke({ Records: [{ eventSource: 'aws:kinesis' }] })).rejects.toThrow(
    'Neither messages nor a schedule',
  );
});
