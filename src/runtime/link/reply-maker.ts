import type { HttpReply } from '../http/reply/http-reply.js';

/** Makes the reply to what a handler returned. */
export type ReplyMaker = (result: unknown) => HttpReply | Promise<HttpReply>;
