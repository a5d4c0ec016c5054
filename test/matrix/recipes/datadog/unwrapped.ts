import { createHandler } from 'twodoors/lambda';
import { app } from './app.js';

export const handler = createHandler(app);
