export { type App, type AppOptions, defineApp } from './app.js';
export type { Class } from './declarations/class.js';
export type { MistakeCode, StartupMistake } from './declarations/mistakes.js';
export type { ParamOptions, UploadOptions } from './declarations/param-record.js';
export { Controller, type ControllerOptions } from './decorators/controller.js';
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
export { defineRouteMetadata, type RouteMetadata } from './decorators/route-metadata.js';
export {
  All,
  Delete,
  Get,
  Head,
  Options,
  Patch,
  Post,
  Put,
  type RouteDecorator,
  type RoutePath,
} from './decorators/routes.js';
export { Type } from './decorators/type.js';
export { UploadedFile, UploadedFiles } from './decorators/uploads.js';
export { Use } from './decorators/use.js';
export type { Client } from './http/client.js';
export type { HeaderFields, HeadersInput } from './http/header-fields.js';
export { type BindingIssue, HttpError, type HttpErrorOptions } from './http/http-error.js';
export {
  BadGatewayError,
  BadRequestError,
  ConflictError,
  ForbiddenError,
  GatewayTimeoutError,
  GoneError,
  InternalServerError,
  LockedError,
  MethodNotAllowedError,
  NotAcceptableError,
  NotFoundError,
  NotImplementedError,
  PayloadTooLargeError,
  PaymentRequiredError,
  PreconditionFailedError,
  PreconditionRequiredError,
  RequestTimeoutError,
  ServiceUnavailableError,
  TooManyRequestsError,
  UnauthorizedError,
  UnprocessableEntityError,
  UnsupportedMediaTypeError,
} from './http/http-errors.js';
export { HttpReply, type ReplyBody, type ReplyInit } from './http/http-reply.js';
export type { HttpRequest, RequestState } from './http/http-request.js';
export type { LoggedError, LogRecord } from './http/log-record.js';
export type { Middleware, MiddlewareResult } from './http/middleware.js';
export type { Problem, ProblemShape } from './http/problem.js';
export { reply } from './http/reply.js';
export type { RequestRoute } from './http/request-route.js';
export { type ServerSentEvent, type SseOptions, sse } from './http/sse.js';
export type { ValueIssue } from './link/validation/check-class.js';
export {
  compileValidator,
  type Validated,
  type Validator,
  type ValidatorOptions,
} from './link/validation/compile-validator.js';
export { StartupError } from './startup-error.js';
export { discriminator } from './types/discriminator.js';
export { type Lazy, lazy } from './types/lazy.js';
export { type OneOf, oneOf } from './types/one-of.js';
export type { ViewEngine } from './views/view-engine.js';
