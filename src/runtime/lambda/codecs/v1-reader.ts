import { foldHeaders } from '../../http/fold-headers.js';
import type { DetailsReader, RequestReader } from '../../http/http-request.js';
import { deadlineOf } from '../deadline.js';
import type { Invocation } from '../invocation.js';
import { type AnyEvent, readBody } from './event-body.js';
import { loadEventDetails } from './event-details.lazy.js';
import { type EventFields, headersOf } from './v1-fields.js';

/** The part of reading an invocation that is the same for REST APIs, load balancers and VPC Lattice. */
export const V1_READER = {
  headers: ({ event }) => foldHeaders(headersOf(event)),
  body: readBody,
  deadline: deadlineOf,
} satisfies Partial<RequestReader<Invocation<AnyEvent & EventFields>>>;

/** The details that are the same for them. */
export function v1Details(): Pick<DetailsReader<Invocation<AnyEvent>>, 'id' | 'basePath' | 'logFields'> {
  const { id, basePath, logFields } = loadEventDetails();
  return { id, basePath, logFields };
}
