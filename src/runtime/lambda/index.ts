export { createHandler, type HandlerOptions, type LambdaHandler, type LambdaResult } from './create-handler.js';
export type { LambdaInvocation } from './lambda-invocation.js';
