import { foldHeaders } from '../../http/fold-headers.js';
import type { RequestReader } from '../../http/http-request.js';
import { deadlineOf, type Invocation } from '../invocation.js';
import { type AnyEvent, eventLogFields, readBasePath, readBody, requestIdOf } from './event-reader.js';
import { type EventFields, headersOf } from './v1-fields.js';

/** The part of reading an invocation that is the same for REST APIs, load balancers and VPC Lattice. */
export const V1_READER = {
  id: requestIdOf,
  headers: ({ event }) => foldHeaders(headersOf(event)),
  body: readBody,
  basePath: readBasePath,
  deadline: deadlineOf,
  logFields: eventLogFields,
} satisfies Partial<RequestReader<Invocation<AnyEvent & EventFields>>>;
