import type { ALBResult, APIGatewayProxyResult, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { albCodec } from './alb-codec.js';
import { type EventCodec, isObject } from './event-codec.js';
import { httpCodec } from './http-codec.js';
import { latticeCodec } from './lattice-codec.js';
import type { LatticeResult } from './lattice-events.js';
import { restCodec } from './rest-codec.js';
import { urlCodec } from './url-codec.js';

/** What a gateway reads as an answer. */
export type LambdaResult = APIGatewayProxyResult | APIGatewayProxyStructuredResultV2 | ALBResult | LatticeResult;

/** A codec, of whatever source. */
export type AnyCodec = EventCodec<object, LambdaResult>;

/** In the order in which an event is held against them. */
const CODECS = [albCodec, httpCodec, urlCodec, latticeCodec, restCodec] as unknown as readonly AnyCodec[];

/** The codec of an event's source; undefined for what is no HTTP request. */
export function codecFor(event: unknown): AnyCodec | undefined {
  return isObject(event) ? CODECS.find((candidate) => candidate.recognises(event)) : undefined;
}
