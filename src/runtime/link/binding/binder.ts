import type { HttpRequest } from '../../http/http-request.js';
import type { ParsedBody } from './body/parsed-body.js';

/** Gives one argument of a call: a value, a `BindingFailure`, or a promise of either. */
export type Binder = (request: HttpRequest, body: ParsedBody | undefined) => unknown;
