import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GatewayContext, type GatewayName, gateways, type RawRequest } from 'twodoors/testing';

/** The folder of events as live gateways sent them. */
const FIXTURES = process.env['WIRE_FIXTURES'];

const BODY = Buffer.from('{"message":"hello from the public internet","unicode":"lambda-λ"}');

/** The one request that was sent to each of the four front ends. */
function requestTo(host: string): RawRequest {
  return {
    method: 'POST',
    target:
      '/capture/space%20value?repeat=one&repeat=two&redirect=https%3A%2F%2Fexample.com%2Fa%2Fb&literalPlus=a+b&encodedPlus=a%2Bb&empty=',
    headers: [
      ['Host', host],
      ['user-agent', 'curl/8.7.1'],
      ['accept', '*/*'],
      ['content-type', 'application/json'],
      ['cookie', 'session=abc123; theme=dark'],
      ['x-voker-probe', 'first'],
      ['x-voker-probe', 'second'],
      ['content-length', String(BODY.byteLength)],
    ],
    body: BODY,
  };
}

interface Capture {
  file: string;
  gateway: GatewayName;
  /** The request's host, and what surrounded it, both read from the capture. */
  read(event: Json): { host: string; surroundings: GatewayContext };
  /** What belongs to an account or a deployment, or is random. */
  leftAside: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: an event as it was captured
type Json = any;

const TRACE = 'x-amzn-trace-id';
const SOURCE_IP = '68.8.83.18';

const captures: Capture[] = [
  {
    file: 'live-apigwv1.json',
    gateway: 'rest',
    read: ({ headers, requestContext }) => ({
      host: headers['Host'],
      surroundings: {
        sourceIp: SOURCE_IP,
        // That API had no binaryMediaTypes.
        hasBinaryMediaTypes: false,
        requestId: requestContext['requestId'],
        time: new Date(requestContext['requestTimeEpoch']),
      },
    }),
    leftAside: [
      'headers.X-Amzn-Trace-Id',
      'multiValueHeaders.X-Amzn-Trace-Id',
      'requestContext.accountId',
      'requestContext.extendedRequestId',
      'requestContext.resourceId',
    ],
  },
  {
    file: 'live-apigwv2.json',
    gateway: 'http',
    read: readV2,
    leftAside: [`headers.${TRACE}`, 'requestContext.accountId'],
  },
  { file: 'live-functionurl.json', gateway: 'url', read: readV2, leftAside: [`headers.${TRACE}`] },
  {
    file: 'live-alb.json',
    gateway: 'alb-multi',
    read: ({ multiValueHeaders }) => ({
      host: multiValueHeaders['host'][0],
      surroundings: { sourceIp: SOURCE_IP, protocol: 'http' },
    }),
    leftAside: [`multiValueHeaders.${TRACE}`, 'requestContext.elb.targetGroupArn'],
  },
];

function readV2({ headers, requestContext }: Json): ReturnType<Capture['read']> {
  return {
    host: headers['host'],
    surroundings: {
      sourceIp: SOURCE_IP,
      requestId: requestContext['requestId'],
      time: new Date(requestContext['timeEpoch']),
    },
  };
}

/** Without what is left aside, and without what the captures' typed logger wrote for fields that were not there. */
function comparable(event: object, leftAside: readonly string[]): object {
  const copy = structuredClone(JSON.parse(JSON.stringify(event))) as Record<string, unknown>;
  for (const path of leftAside) {
    const names = path.split('.');
    const last = names.pop()!;
    const holder = names.reduce<Record<string, unknown> | undefined>(
      (value, name) => value?.[name] as Record<string, unknown> | undefined,
      copy,
    );
    if (holder !== undefined) delete holder[last];
  }
  for (const name of Object.keys(copy)) if (copy[name] === null) delete copy[name];
  copy['requestContext'] = withoutNothing(copy['requestContext']) ?? {};
  return copy;
}

/** Without null, empty text, and objects that hold nothing else: the logger's empty authorizer and certificate. */
function withoutNothing(value: unknown): unknown {
  if (value === null || value === '') return undefined;
  if (typeof value !== 'object') return value;
  const kept = Object.entries(value as object)
    .map(([name, each]) => [name, withoutNothing(each)] as const)
    .filter(([, each]) => each !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

if (FIXTURES === undefined) {
  test.skip('the captured events: WIRE_FIXTURES names no folder of captures, so that nothing is compared', () => {});
} else {
  test.each(captures)('the model of $gateway makes the event of $file', ({ file, gateway, read, leftAside }) => {
    const captured = JSON.parse(readFileSync(join(FIXTURES, file), 'utf8')) as Json;
    const { host, surroundings } = read(captured);
    const event = gateways[gateway].toEvent(requestTo(host), surroundings);
    expect(comparable(event, leftAside)).toEqual(comparable(captured, leftAside));
  });

  test('a load balancer without multi-value headers sends the same, the last of each', () => {
    const captured = JSON.parse(readFileSync(join(FIXTURES, 'live-alb.json'), 'utf8')) as Json;
    const { host, surroundings } = captures[3]!.read(captured);
    const event = gateways.alb.toEvent(requestTo(host), surroundings);
    const lastOf = (map: Record<string, string[]>) =>
      Object.fromEntries(Object.entries(map).map(([name, values]) => [name, values.at(-1)]));
    const { multiValueHeaders, multiValueQueryStringParameters, ...rest } = captured;
    const expected = {
      ...rest,
      headers: lastOf(multiValueHeaders),
      queryStringParameters: lastOf(multiValueQueryStringParameters),
    };
    const leftAside = [`headers.${TRACE}`, 'requestContext.elb.targetGroupArn'];
    expect(comparable(event, leftAside)).toEqual(comparable(expected, leftAside));
  });
}
