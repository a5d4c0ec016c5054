export { createHandler, type LambdaHandler } from './create-handler.js';
export {
  type AwsLambda,
  createStreamingHandler,
  type ResponseStream,
  type StreamingHandler,
  type StreamMetadata,
} from './create-streaming-handler.js';
export type { LambdaResult } from './event-codecs.js';
export {
  isDynamoDbStreamEvent,
  isEventBridgeEvent,
  isKinesisStreamEvent,
  isS3Event,
  isScheduledEvent,
  isSnsEvent,
  isSqsEvent,
} from './event-kinds.js';
export type { HandlerOptions } from './handler-options.js';
export type { LambdaInvocation } from './lambda-invocation.js';
export type { LatticeEvent, LatticeResult, LatticeV1Event } from './lattice-events.js';
