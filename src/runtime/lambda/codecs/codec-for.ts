import { loadOtherEvent } from '../other-event.lazy.js';
import type { AnyCodec } from './event-codec.js';
import { isObject } from './event-fields.js';
import { v2CodecOf } from './payload-v2.js';

/** The codec of an event's source; undefined for an event that is not an HTTP request, or has a field of a wrong type. */
export function codecFor(event: unknown): AnyCodec | undefined {
  if (!isObject(event)) return undefined;
  // Only the mark of a load balancer comes before payload format 2.0, which needs no other codec to be loaded.
  const codec = v2CodecOf(event, true) ?? loadOtherEvent().codecOf(event);
  return codec?.findWrongField(event) === undefined ? codec : undefined;
}
