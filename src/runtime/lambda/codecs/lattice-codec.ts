import type { ALBEvent } from 'aws-lambda';
import { HttpRequest, type RequestReader } from '../../http/http-request.js';
import { encodeNonAscii } from '../../http/percent.js';
import type { Invocation } from '../invocation.js';
import { ALB_READER } from './alb-codec.js';
import type { RecognisingCodec } from './event-codec.js';
import { type FieldTypes, isObject, isTextList, wrongFieldIn } from './event-fields.js';
import type { LatticeEvent, LatticeResult, LatticeV1Event } from './lattice-events.js';
import { type BufferedReply, toWholeResult } from './result-fields.js';
import { singleResultHeaders } from './single-result-headers.js';
import { isMapOf } from './v1-fields.js';

/**
 * VPC Lattice, event structures V1 and V2.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export const latticeCodec: RecognisingCodec<'lattice'> = {
  source: 'lattice',

  recognises: ({ method, path, raw_path, requestContext }) =>
    typeof method === 'string' &&
    (typeof raw_path === 'string' ||
      (typeof path === 'string' &&
        isObject(requestContext) &&
        typeof requestContext['serviceNetworkArn'] === 'string')),

  findWrongField: findWrongLatticeField,
  toRequest: toLatticeRequest,
  toResult: toLatticeResult,
};

/** The first field of a wrong type. */
function findWrongLatticeField(event: Record<string, unknown>): string | undefined {
  return wrongFieldIn(event, EVENT_FIELDS) ?? (isObject(event['requestContext'] ?? {}) ? undefined : 'requestContext');
}

const isTextOrList = (value: unknown): boolean => typeof value === 'string' || isTextList(value);
/** V1 has text where V2 has lists. */
const isMixedMap = (value: unknown): boolean => isMapOf(value, isTextOrList);

const EVENT_FIELDS: FieldTypes = {
  raw_path: 'string',
  path: 'string',
  headers: isMixedMap,
  queryStringParameters: isMixedMap,
  query_string_parameters: isMixedMap,
  body: 'string',
  isBase64Encoded: 'boolean',
  is_base64_encoded: 'boolean',
};

/** Makes the request of an event. */
function toLatticeRequest(invocation: Invocation<LatticeEvent | LatticeV1Event>): HttpRequest {
  const event = invocation.event as AnyLatticeEvent;
  // V1 has the query in its path, with all values; its map has only the last value of each name.
  const [path, ...queries] = (event.raw_path ?? event.path)!.split('?');
  const raw: LatticeInvocation = {
    ...invocation,
    event: toAlbEvent(event),
    query: queries.length === 0 ? undefined : queries.join('?'),
    identity: isObject(event.requestContext?.identity) ? event.requestContext.identity : undefined,
  };
  return new HttpRequest(event.method!, encodeNonAscii(path!), LATTICE_READER, raw);
}

/** Makes the result of a reply. Lattice reads one map of strings, nothing else. */
function toLatticeResult(reply: BufferedReply): LatticeResult {
  const { statusCode, body, isBase64Encoded } = toWholeResult(reply);
  return { statusCode, headers: singleResultHeaders(reply), body, isBase64Encoded };
}

/** A map in either structure: V2 has lists, V1 strings; hand-made events may have both. */
type Fields = Readonly<Record<string, string | readonly string[] | undefined>> | null | undefined;

/** An event of either structure, with the names of both. */
type AnyLatticeEvent = Omit<Partial<LatticeEvent & LatticeV1Event>, 'headers'> & { readonly headers?: Fields };

/** Read like a load balancer's with multi-value headers: neither decodes anything. */
interface LatticeInvocation extends Invocation<ALBEvent> {
  readonly query: string | undefined;
  readonly identity: Record<string, unknown> | undefined;
}

const LATTICE_READER: RequestReader<LatticeInvocation> = {
  ...ALB_READER,
  query: (raw) => (raw.query === undefined ? ALB_READER.query(raw) : encodeNonAscii(raw.query)),
  details: () => ({ ...ALB_READER.details(), claims: ({ identity }) => identity }),
};

function toAlbEvent(event: AnyLatticeEvent): ALBEvent {
  return {
    body: event.body ?? null,
    isBase64Encoded: event.isBase64Encoded ?? event.is_base64_encoded ?? false,
    multiValueHeaders: listsOf(event.headers),
    multiValueQueryStringParameters: listsOf(event.queryStringParameters ?? event.query_string_parameters),
  } as unknown as ALBEvent;
}

function listsOf(fields: Fields): Record<string, string[]> {
  const lists: Record<string, string[]> = Object.create(null);
  for (const [name, value] of Object.entries(fields ?? {})) lists[name] = [value ?? []].flat();
  return lists;
}
