import type { EventSource } from '../../event-sources.js';
import { albCodec } from './alb-codec.js';
import type { AnyCodec, EventCodec } from './event-codec.js';
import { isObject } from './event-fields.js';
import { latticeCodec } from './lattice-codec.js';
import { httpCodec, urlCodec } from './payload-v2.js';
import { restCodec } from './rest-codec.js';

/** The codec of each source, in the order in which they are tried: the REST shape is the least specific one. */
const CODECS: { readonly [Source in EventSource]: EventCodec<Source> } = {
  alb: albCodec,
  http: httpCodec,
  url: urlCodec,
  lattice: latticeCodec,
  rest: restCodec,
};

const IN_ORDER: readonly AnyCodec[] = Object.values(CODECS);

/** The codec of an event's source, even if one of its fields has a wrong type. */
export function codecOf(event: Record<string, unknown>): AnyCodec | undefined {
  return IN_ORDER.find((codec) => codec.recognises(event));
}

/** Why an event of a known shape has no codec: the first field of a wrong type. */
export function findWrongField(event: unknown): string | undefined {
  return isObject(event) ? codecOf(event)?.findWrongField(event) : undefined;
}
