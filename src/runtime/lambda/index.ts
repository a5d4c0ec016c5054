/// <reference types="node" preserve="true" />
export type { LambdaResult } from './codecs/event-codec.js';
export type { LatticeEvent, LatticeResult, LatticeV1Event } from './codecs/lattice-events.js';
export { createHandler, type LambdaHandler } from './create-handler.js';
export { createStreamingHandler, type StreamingHandler } from './create-streaming-handler.js';
export type { HandlerOptions, StreamingHandlerOptions } from './event-intake.js';
export {
  isDynamoDbStreamEvent,
  isEventBridgeEvent,
  isKinesisStreamEvent,
  isS3Event,
  isScheduledEvent,
  isSnsEvent,
  isSqsEvent,
} from './event-kinds.js';
export type { LambdaInvocation } from './invocation.js';
export type { AwsLambda, ResponseStream, StreamMetadata } from './response-stream.js';
