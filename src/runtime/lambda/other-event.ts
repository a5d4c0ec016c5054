import type { Context } from 'aws-lambda';
import type { Dispatcher } from '../dispatch/dispatcher.js';
import { findWrongField } from './codecs/event-codecs.js';
import type { HandlerOptions } from './event-intake.js';

export { codecOf } from './codecs/event-codecs.js';

/**
 * Passes on an event that no codec recognises, once the app has started. Without `onOtherEvent` it rejects, saying what
 * was expected.
 */
export async function takeOtherEvent<Other>(
  { lifecycle }: Dispatcher,
  event: unknown,
  context: Context | undefined,
  onOtherEvent?: HandlerOptions<Other>['onOtherEvent'],
): Promise<Awaited<Other>> {
  if (onOtherEvent === undefined) throw (await import('./lambda-errors.js')).unknownEvent(event, findWrongField(event));
  await lifecycle?.start();
  return await onOtherEvent(event, context as Context);
}
