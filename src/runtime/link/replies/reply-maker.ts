import type { HttpRequest } from '../../http/http-request.js';
import type { HttpReply } from '../../http/reply/http-reply.js';

/** Makes the reply to what a handler returned. */
export type ReplyMaker = (result: unknown, request: HttpRequest) => HttpReply | Promise<HttpReply>;
