// First, so that it can patch what is imported after it.
import 'dd-trace/init';
import { datadog } from 'datadog-lambda-js';
import { createHandler } from 'twodoors/lambda';
import { app } from './app.js';

export const handler = datadog(createHandler(app));
