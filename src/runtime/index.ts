export { type App, type AppOptions, type CsrfOptions, defineApp } from './app.js';
export type { Class } from './declarations/class.js';
export type { MistakeCode, StartupMistake } from './declarations/mistakes.js';
export type { PublicFolder, PublicOption } from './declarations/public-folders.js';
export type { ParamOptions, UploadOptions } from './declarations/records/param-record.js';
export { BodyLimit } from './decorators/body-limit.js';
export { Controller, type ControllerOptions } from './decorators/controller.js';
export { CsrfExempt } from './decorators/csrf-exempt.js';
export { OnInvalid, type PageDecorator } from './decorators/on-invalid.js';
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
export {
  ContentType,
  Header,
  HttpCode,
  OnNull,
  OnUndefined,
  Redirect,
  Render,
  type ReturnedLocationOptions,
} from './decorators/replies.js';
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
export { Secret } from './decorators/secret.js';
export { Type } from './decorators/type.js';
export { UploadedFile, UploadedFiles } from './decorators/uploads.js';
export { Use } from './decorators/use.js';
export { UseInterceptor } from './decorators/use-interceptor.js';
export { assetUrl } from './files/asset-url.js';
export { type DownloadOptions, download } from './files/download.js';
export { sendFile } from './files/send-file.js';
export type { SendFileOptions } from './files/send-file-options.js';
export type { Client } from './http/client.js';
export { type BindingIssue, HttpError, type HttpErrorOptions } from './http/errors/http-error.js';
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
} from './http/errors/http-errors.js';
export type { LoggedError, LogRecord } from './http/errors/log-record.js';
export type { Problem, ProblemShape } from './http/errors/problem.js';
export { type FieldMistake, type Form, formOf } from './http/forms/form.js';
export { type FieldErrors, type FieldName, FormError } from './http/forms/form-error.js';
export type { HeaderFields, HeadersInput } from './http/header-fields.js';
export type { FormValue, HttpRequest, RequestState } from './http/http-request.js';
export type { Interceptor } from './http/interceptor.js';
export type { Middleware, MiddlewareResult } from './http/middleware.js';
export { type AppOrigin, originOf } from './http/origin/origin.js';
export { HttpReply, type ReplyBody } from './http/reply/http-reply.js';
export { reply } from './http/reply/reply.js';
export type { ReplyInit } from './http/reply/reply-head.js';
export { type ServerSentEvent, type SseOptions, sse } from './http/reply/sse.js';
export type { RequestRoute } from './http/request-route.js';
export type { ValueIssue } from './link/validation/check-run.js';
export {
  compileValidator,
  type ValidatorOptions,
} from './link/validation/compile-validator.js';
export type { Validated, Validator } from './link/validation/validator.js';
export { StartupError } from './startup-error.js';
export { discriminator } from './types/discriminator.js';
export { type Lazy, lazy } from './types/lazy.js';
export {
  type DerivedClass,
  type Intersection,
  IntersectionType,
  OmitType,
  PartialType,
  type PartialTypeOptions,
  PickType,
} from './types/mapped-types.js';
export { type OneOf, oneOf } from './types/one-of.js';
export { type Markup, markup } from './views/markup.js';
export type { RouteCheck, ViewEngine } from './views/view-engine.js';
export type { CookieOptions, DeletedCookieOptions } from './web/cookies/cookie-options.js';
export type { Storable } from './web/cookies/json-text.js';
export type { Secret as SigningSecret, SecretValue } from './web/cookies/secret.js';
export { deleteCookie, setCookie } from './web/cookies/set-cookie.js';
export { type SignedCookie, type SignedCookieOptions, signedCookie } from './web/cookies/signed-cookie.js';
export { type ReadTokenOptions, readToken, signToken, type TokenOptions } from './web/cookies/token.js';
export { type RedirectOptions, type RedirectStatus, redirect } from './web/urls/redirect.js';
export { type RedirectToOptions, redirectTo } from './web/urls/redirect-to.js';
export type { MethodName, RouteName } from './web/urls/route-target.js';
export { type UrlOptions, urlFor } from './web/urls/url-for.js';
export type { ViewData } from './web/view-values.js';
export { type DefinedView, defineView } from './web/views/define-view.js';
export { type ViewReply, view } from './web/views/view.js';
