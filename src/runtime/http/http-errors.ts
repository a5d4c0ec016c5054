import { HttpError, type HttpErrorOptions } from './http-error.js';

// One class for each common status. Each takes a message and the options of HttpError.

/** 400: the request is malformed. */
export class BadRequestError extends HttpError {
  override readonly name: string = 'BadRequestError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(400, message, options);
  }
}

/** 401: the client is not authenticated. */
export class UnauthorizedError extends HttpError {
  override readonly name: string = 'UnauthorizedError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(401, message, options);
  }
}

/** 402: payment is required. */
export class PaymentRequiredError extends HttpError {
  override readonly name: string = 'PaymentRequiredError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(402, message, options);
  }
}

/** 403: the client is not allowed to do this. */
export class ForbiddenError extends HttpError {
  override readonly name: string = 'ForbiddenError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(403, message, options);
  }
}

/** 404: there is no such resource. */
export class NotFoundError extends HttpError {
  override readonly name: string = 'NotFoundError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(404, message, options);
  }
}

/** 405: the resource does not support the method. */
export class MethodNotAllowedError extends HttpError {
  override readonly name: string = 'MethodNotAllowedError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(405, message, options);
  }
}

/** 406: the resource has no representation that the client accepts. */
export class NotAcceptableError extends HttpError {
  override readonly name: string = 'NotAcceptableError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(406, message, options);
  }
}

/** 408: the client took too long to send its request. */
export class RequestTimeoutError extends HttpError {
  override readonly name: string = 'RequestTimeoutError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(408, message, options);
  }
}

/** 409: the request conflicts with the state of the resource. */
export class ConflictError extends HttpError {
  override readonly name: string = 'ConflictError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(409, message, options);
  }
}

/** 410: the resource existed, and is gone for good. */
export class GoneError extends HttpError {
  override readonly name: string = 'GoneError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(410, message, options);
  }
}

/** 412: a condition in the request's headers is false. */
export class PreconditionFailedError extends HttpError {
  override readonly name: string = 'PreconditionFailedError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(412, message, options);
  }
}

/** 413: the body is too large. */
export class PayloadTooLargeError extends HttpError {
  override readonly name: string = 'PayloadTooLargeError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(413, message, options);
  }
}

/** 415: the type of the body is not supported. */
export class UnsupportedMediaTypeError extends HttpError {
  override readonly name: string = 'UnsupportedMediaTypeError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(415, message, options);
  }
}

/** 422: the request is well-formed, but its values are invalid. */
export class UnprocessableEntityError extends HttpError {
  override readonly name: string = 'UnprocessableEntityError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(422, message, options);
  }
}

/** 423: the resource is locked. */
export class LockedError extends HttpError {
  override readonly name: string = 'LockedError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(423, message, options);
  }
}

/** 428: the request must be conditional, such as with `If-Match`. */
export class PreconditionRequiredError extends HttpError {
  override readonly name: string = 'PreconditionRequiredError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(428, message, options);
  }
}

/** 429: the client sends too many requests. */
export class TooManyRequestsError extends HttpError {
  override readonly name: string = 'TooManyRequestsError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(429, message, options);
  }
}

/** 500: a bug. */
export class InternalServerError extends HttpError {
  override readonly name: string = 'InternalServerError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(500, message, options);
  }
}

/** 501: this is not implemented. */
export class NotImplementedError extends HttpError {
  override readonly name: string = 'NotImplementedError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(501, message, options);
  }
}

/** 502: a server that the app depends on sent an invalid response. */
export class BadGatewayError extends HttpError {
  override readonly name: string = 'BadGatewayError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(502, message, options);
  }
}

/** 503: the app cannot handle the request now; try again later. */
export class ServiceUnavailableError extends HttpError {
  override readonly name: string = 'ServiceUnavailableError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(503, message, options);
  }
}

/** 504: a server that the app depends on did not respond in time. */
export class GatewayTimeoutError extends HttpError {
  override readonly name: string = 'GatewayTimeoutError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(504, message, options);
  }
}
