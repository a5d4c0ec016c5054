// All that an exchange needs which does not go well: no route, an error, a time-out. The first one loads it, in one file.

export { replyToError, replyToLateError, replyWithin } from './error-replies.js';
export { replyWithoutRoute } from './reply-without-route.js';
export { endEarly, giveUp } from './time/early-end.js';
