import type { EventSource } from '../../event-sources.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { Invocation } from '../invocation.js';
import { albCodec } from './alb-codec.js';
import type { EventCodec, LambdaResult } from './event-codec.js';
import { isObject } from './event-fields.js';
import { latticeCodec } from './lattice-codec.js';
import { httpCodec, urlCodec } from './payload-v2.js';
import { restCodec } from './rest-codec.js';
import type { BufferedReply } from './result-fields.js';

/** A codec of any source, for events that it has recognised. */
export interface AnyCodec {
  readonly source: EventSource;
  recognises(event: Record<string, unknown>): boolean;
  toRequest(invocation: Invocation<object>, basePath: string): HttpRequest;
  toResult(reply: BufferedReply, event: object): LambdaResult;
}

/** The codec of each source, in the order in which they are tried: the REST shape is the least specific one. */
const CODECS: { readonly [Source in EventSource]: EventCodec<Source> } = {
  alb: albCodec,
  http: httpCodec,
  url: urlCodec,
  lattice: latticeCodec,
  rest: restCodec,
};

const IN_ORDER: readonly AnyCodec[] = Object.values(CODECS);

/** The codec of an event's source; undefined for an event that is not an HTTP request. */
export function codecFor(event: unknown): AnyCodec | undefined {
  return isObject(event) ? IN_ORDER.find((codec) => codec.recognises(event)) : undefined;
}
