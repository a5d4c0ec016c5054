import { albCodec } from './alb-codec.js';
import type { AnyCodec } from './event-codec.js';
import { isObject } from './event-fields.js';
import { latticeCodec } from './lattice-codec.js';
import { v2CodecOf } from './payload-v2.js';
import { restCodec } from './rest-codec.js';

/** The codec of an event's source, even if one of its fields has a wrong type. The REST shape is the least specific one. */
export function codecOf(event: Record<string, unknown>): AnyCodec | undefined {
  if (albCodec.recognises(event)) return albCodec;
  const codec = v2CodecOf(event, false);
  if (codec !== undefined) return codec;
  if (latticeCodec.recognises(event)) return latticeCodec;
  return restCodec.recognises(event) ? restCodec : undefined;
}

/** Why an event of a known shape has no codec: the first field of a wrong type. */
export function findWrongField(event: unknown): string | undefined {
  return isObject(event) ? codecOf(event)?.findWrongField(event) : undefined;
}
