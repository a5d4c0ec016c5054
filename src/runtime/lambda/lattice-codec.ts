import type { ALBEvent } from 'aws-lambda';
import type { RequestReader } from '../http/http-request.js';
import { encodeNonAscii } from '../http/percent.js';
import { ALB_READER } from './alb-codec.js';
import { type EventCodec, type Invocation, isObject, LAMBDA_LIMIT } from './event-codec.js';
import { bodyOf } from './event-parts.js';
import { invocationRequest } from './invocation-request.js';
import type { LatticeEvent, LatticeResult, LatticeV1Event } from './lattice-events.js';
import { singleHeadersOf } from './single-headers.js';

/** A map as the two events have it: V2 lists, V1 strings, and hand-made ones either. */
type Fields = Readonly<Record<string, string | readonly string[] | undefined>> | null | undefined;

/** An event of either structure, by all of its names. */
type AnyLatticeEvent = Omit<Partial<LatticeEvent & LatticeV1Event>, 'headers'> & { readonly headers?: Fields };

/** Read as a load balancer's with multi-value headers: neither decodes anything. */
interface LatticeInvocation extends Invocation<ALBEvent> {
  readonly query: string | undefined;
  readonly identity: Record<string, unknown> | undefined;
}

const READER: RequestReader<LatticeInvocation> = {
  ...ALB_READER,
  query: (raw) => (raw.query === undefined ? ALB_READER.query(raw) : encodeNonAscii(raw.query)),
  claims: ({ identity }) => identity,
};

function listsOf(fields: Fields): Record<string, string[]> {
  const lists: Record<string, string[]> = Object.create(null);
  for (const [name, value] of Object.entries(fields ?? {})) lists[name] = [value ?? []].flat();
  return lists;
}

/**
 * VPC Lattice, event structures V1 and V2.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export const latticeCodec: EventCodec<LatticeEvent | LatticeV1Event, LatticeResult> = {
  source: 'lattice',
  limit: LAMBDA_LIMIT,
  recognises: ({ method, path, raw_path, requestContext }) =>
    typeof method === 'string' &&
    (typeof raw_path === 'string' ||
      (typeof path === 'string' &&
        isObject(requestContext) &&
        typeof requestContext['serviceNetworkArn'] === 'string')),

  toRequest(invocation, basePath) {
    const event = invocation.event as AnyLatticeEvent;
    // V1 has the query in its path, with all of its values; its map has the last of each.
    const [path, ...queries] = (event.raw_path ?? event.path)!.split('?');
    const raw: LatticeInvocation = {
      ...invocation,
      event: {
        body: event.body ?? null,
        isBase64Encoded: event.isBase64Encoded ?? event.is_base64_encoded ?? false,
        multiValueHeaders: listsOf(event.headers),
        multiValueQueryStringParameters: listsOf(event.queryStringParameters ?? event.query_string_parameters),
      } as unknown as ALBEvent,
      query: queries.length === 0 ? undefined : queries.join('?'),
      identity: event.requestContext?.identity,
    };
    return invocationRequest(event.method!, encodeNonAscii(path!), basePath, READER, invocation, raw);
  },

  // One map of strings is all that it reads.
  toResult: (reply) => ({ statusCode: reply.status, headers: singleHeadersOf(reply), ...bodyOf(reply) }),
};
