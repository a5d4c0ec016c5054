import { createHandler } from 'twodoors/lambda';
import { app } from './app.js';
import { onEvent } from './on-event.js';

export const handler = createHandler(app, { onOtherEvent: onEvent });
