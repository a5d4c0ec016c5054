import type { RawBody } from '../../http/body/body.js';
import type { Invocation } from '../invocation.js';
import { loadEncodedBody } from './encoded-body.lazy.js';

/** What every source has in its events; hand-made events may leave out anything. */
export interface AnyEvent {
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
  readonly requestContext?: object | undefined;
}

/** The body: bytes if the gateway sent base64, else the text that the gateway decoded. */
export function readBody({ event }: Invocation<AnyEvent>, limit: number): RawBody {
  const { body } = event;
  if (typeof body !== 'string') return '';
  return event.isBase64Encoded === true ? loadEncodedBody().decodeBody(body, limit) : body;
}
