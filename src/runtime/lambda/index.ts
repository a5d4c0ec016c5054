export { createHandler, type HandlerOptions, type LambdaHandler, type LambdaResult } from './create-handler.js';
