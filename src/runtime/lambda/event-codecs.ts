import type { ALBResult, APIGatewayProxyResult, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { albCodec } from './alb-codec.js';
import { type EventCodec, isObject } from './event-codec.js';
import { httpCodec } from './http-codec.js';
import { restCodec } from './rest-codec.js';
import { urlCodec } from './url-codec.js';

/** What a gateway reads as an answer. */
export type LambdaResult = APIGatewayProxyResult | APIGatewayProxyStructuredResultV2 | ALBResult;

/** A codec, of whatever source. */
export type AnyCodec = EventCodec<object, LambdaResult>;

/** In the order in which an event is held against them. */
const CODECS = [albCodec, httpCodec, urlCodec, restCodec] as unknown as readonly AnyCodec[];

/** The codec of an event's source; undefined for what is no HTTP request. */
export function codecFor(event: unknown): AnyCodec | undefined {
  return isObject(event) ? CODECS.find((candidate) => candidate.recognises(event)) : undefined;
}

/** What is said of an event that nobody takes: what was expected, and what came. */
export function unknownEvent(event: unknown): TypeError {
  const came = isObject(event)
    ? `an object with ${Object.keys(event).length === 0 ? 'no members' : `the members ${Object.keys(event).slice(0, 12).join(', ')}`}`
    : event === null || event === undefined
      ? String(event)
      : Array.isArray(event)
        ? 'a list'
        : `a ${typeof event}`;
  return new TypeError(
    'This event is no HTTP request of API Gateway (REST or HTTP API), a Function URL or an Application Load Balancer: ' +
      `it is ${came}. Give createHandler an "otherwise" that takes it, or correct the event.`,
  );
}
