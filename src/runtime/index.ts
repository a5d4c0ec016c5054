export { type App, type AppOptions, defineApp } from './app.js';
export { Controller } from './decorators/controller.js';
export {
  Body,
  Cookie,
  createParam,
  Headers,
  type NamedParamDecorator,
  Param,
  Query,
  Req,
} from './decorators/params.js';
export { ContentType, Header, HttpCode, OnNull, OnUndefined, Redirect, Render } from './decorators/replies.js';
export { All, Delete, Get, Head, Options, Patch, Post, Put, type RoutePath } from './decorators/routes.js';
export { Use } from './decorators/use.js';
export type { HeaderFields, HeadersInput } from './http/header-fields.js';
export {
  BadRequestError,
  type BindingIssue,
  ConflictError,
  ForbiddenError,
  HttpError,
  type HttpErrorOptions,
  NotFoundError,
  ServiceUnavailableError,
  TooManyRequestsError,
  UnauthorizedError,
  UnprocessableEntityError,
} from './http/http-error.js';
export { HttpReply, type ReplyBody, type ReplyInit } from './http/http-reply.js';
export type { HttpRequest, RequestRoute, RequestState } from './http/http-request.js';
export type { Problem } from './http/problem.js';
export { reply } from './invoke/reply.js';
export type { Class, ParamOptions } from './metadata.js';
export type { Middleware, MiddlewareResult } from './middleware.js';
export { StartupError } from './startup-error.js';
export type { ViewEngine } from './views/view-engine.js';
