import { datadog } from 'datadog-lambda-js';
import { createHandler } from 'twodoors/lambda';
import { app } from './app.js';

export const handler = datadog(createHandler(app));
