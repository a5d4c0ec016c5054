import { createStreamingHandler } from 'twodoors/lambda';
import { app } from './app.js';

// Behind a Function URL with the invoke mode RESPONSE_STREAM, or a REST API with the transfer mode STREAM.
export const handler = createStreamingHandler(app);
