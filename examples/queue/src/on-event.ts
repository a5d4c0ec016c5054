import { isScheduledEvent, isSqsEvent } from 'twodoors/lambda';
import { type Mail, outbox, send } from './mails.js';

/** What the function does with events that are not requests. */
export async function onEvent(event: unknown) {
  if (isSqsEvent(event)) return sendAll(event.Records);
  if (isScheduledEvent(event)) {
    outbox.length = 0;
    return;
  }
  throw new Error('Neither messages nor a schedule');
}

/**
 * Sends each message by itself. Those that fail are named, so that the queue gives only them again; this needs
 * `ReportBatchItemFailures` in the event source mapping.
 */
async function sendAll(records: readonly { messageId: string; body: string }[]) {
  const outcomes = await Promise.allSettled(records.map(async ({ body }) => send(JSON.parse(body) as Mail)));
  const failed = records.filter((_, i) => outcomes[i]!.status === 'rejected');
  for (const outcome of outcomes) if (outcome.status === 'rejected') console.error(outcome.reason);
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
