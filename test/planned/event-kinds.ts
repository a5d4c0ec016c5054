import { gateways, type RawRequest } from 'twodoors/testing';
import { latticeEvent, latticeV1Event } from '../fixtures/events/events.js';

const SURROUNDINGS = { time: new Date(0), requestId: 'request', sourceIp: '192.0.2.1' };

function splitTarget(target: string): { path: string; query: string } {
  const [path = '', ...rest] = target.split('?');
  return { path, query: rest.join('?') };
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const [name, value] of pairs) groups[`${name}`] = [...(Object.hasOwn(groups, name) ? groups[name]! : []), value];
  return groups;
}

const queryPairs = (query: string) =>
  query === ''
    ? []
    : query.split('&').map((each) => [each.split('=')[0]!, each.split('=').slice(1).join('=')] as const);

const last = (groups: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, values.at(-1)]));

/** Makes the event of a request as each source sends it. */
export const EVENTS: Readonly<Record<string, (request: RawRequest) => object>> = {
  ...Object.fromEntries(
    Object.entries(gateways).map(([name, gateway]) => [
      name,
      (request: RawRequest) => gateway.toEvent(request, SURROUNDINGS),
    ]),
  ),
  lattice({ method, target, headers, body }) {
    const { path, query } = splitTarget(target);
    return latticeEvent({
      method,
      path,
      headers: grouped(headers.map(([name, value]) => [name.toLowerCase(), value])),
      queryStringParameters: grouped(queryPairs(query)),
      body: Buffer.from(body).toString('base64'),
      isBase64Encoded: true,
    });
  },
  'lattice 1'({ method, target, headers, body }) {
    const { query } = splitTarget(target);
    return latticeV1Event({
      method,
      raw_path: target,
      headers: last(grouped(headers.map(([name, value]) => [name.toLowerCase(), value]))),
      query_string_parameters: last(grouped(queryPairs(query))),
      body: Buffer.from(body).toString('utf8'),
      is_base64_encoded: false,
    });
  },
};

/** The names of the sources. */
export const eventKinds = Object.keys(EVENTS);
