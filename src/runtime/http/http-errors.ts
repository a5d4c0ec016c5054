import { HttpError, type HttpErrorOptions } from './http-error.js';

// One class for each common status; each takes a message and the options of HttpError.

/** 400: the request is malformed. */
export class BadRequestError extends HttpError {
  override readonly name: string = 'BadRequestError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(400, message, options);
  }
}

/** 401: who asks is not known. */
export class UnauthorizedError extends HttpError {
  override readonly name: string = 'UnauthorizedError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(401, message, options);
  }
}

/** 402: it has to be paid for. */
export class PaymentRequiredError extends HttpError {
  override readonly name: string = 'PaymentRequiredError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(402, message, options);
  }
}

/** 403: who asks may not. */
export class ForbiddenError extends HttpError {
  override readonly name: string = 'ForbiddenError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(403, message, options);
  }
}

/** 404: there is nothing here. */
export class NotFoundError extends HttpError {
  override readonly name: string = 'NotFoundError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(404, message, options);
  }
}

/** 405: the method does not fit the resource. */
export class MethodNotAllowedError extends HttpError {
  override readonly name: string = 'MethodNotAllowedError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(405, message, options);
  }
}

/** 406: there is no form of it that the client accepts. */
export class NotAcceptableError extends HttpError {
  override readonly name: string = 'NotAcceptableError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(406, message, options);
  }
}

/** 408: the client took too long. */
export class RequestTimeoutError extends HttpError {
  override readonly name: string = 'RequestTimeoutError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(408, message, options);
  }
}

/** 409: the request does not fit the state of the resource. */
export class ConflictError extends HttpError {
  override readonly name: string = 'ConflictError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(409, message, options);
  }
}

/** 410: there was something here, and it will not come back. */
export class GoneError extends HttpError {
  override readonly name: string = 'GoneError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(410, message, options);
  }
}

/** 412: a condition in the headers does not hold. */
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

/** 422: it is well-formed, and makes no sense. */
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

/** 428: a condition in the headers is missing. */
export class PreconditionRequiredError extends HttpError {
  override readonly name: string = 'PreconditionRequiredError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(428, message, options);
  }
}

/** 429: the client asks too often. */
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

/** 501: it is not there yet. */
export class NotImplementedError extends HttpError {
  override readonly name: string = 'NotImplementedError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(501, message, options);
  }
}

/** 502: somebody behind the app answered badly. */
export class BadGatewayError extends HttpError {
  override readonly name: string = 'BadGatewayError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(502, message, options);
  }
}

/** 503: not now. */
export class ServiceUnavailableError extends HttpError {
  override readonly name: string = 'ServiceUnavailableError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(503, message, options);
  }
}

/** 504: somebody behind the app did not answer in time. */
export class GatewayTimeoutError extends HttpError {
  override readonly name: string = 'GatewayTimeoutError';
  constructor(message?: string, options?: HttpErrorOptions) {
    super(504, message, options);
  }
}
