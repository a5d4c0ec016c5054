import type { EventCodec } from './event-codec.js';
import { isObject } from './event-fields.js';
import { loadLatticeExchange } from './lattice-exchange.lazy.js';

/**
 * VPC Lattice, event structures V1 and V2.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export const latticeCodec: EventCodec<'lattice'> = {
  source: 'lattice',

  recognises: ({ method, path, raw_path, requestContext }) =>
    typeof method === 'string' &&
    (typeof raw_path === 'string' ||
      (typeof path === 'string' &&
        isObject(requestContext) &&
        typeof requestContext['serviceNetworkArn'] === 'string')),

  findWrongField: (event) => loadLatticeExchange().findWrongLatticeField(event),
  toRequest: (invocation, open) => loadLatticeExchange().toLatticeRequest(invocation, open),
  toResult: (reply) => loadLatticeExchange().toLatticeResult(reply),
};
