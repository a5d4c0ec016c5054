// First, so that nunjucks() renders the compiled views.
import '../build/views.js';
import { createHandler } from 'twodoors/lambda';
import { app } from './app.js';

export const handler = createHandler(app);
