export { createHandler, type LambdaHandler } from './create-handler.js';
export {
  type AwsLambda,
  createStreamingHandler,
  type ResponseStream,
  type StreamingHandler,
  type StreamMetadata,
} from './create-streaming-handler.js';
export type { LambdaResult } from './event-codecs.js';
export type { HandlerOptions } from './handler-options.js';
export type { LambdaInvocation } from './lambda-invocation.js';
