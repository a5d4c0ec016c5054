export type { Storable } from '../cookies/json-text.js';
export type { Secret, SecretValue } from '../cookies/secret.js';
export type { FlashedMessage, FlashedMessagesOptions } from '../flashed-messages.js';
export { flash, getFlashedMessages } from './flash.js';
export { Session, type SessionControls, type SessionData, sessionOf } from './session.js';
export type { SessionStore } from './session-store.js';
export { type SessionsOptions, sessions } from './sessions.js';
