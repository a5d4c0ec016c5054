/**
 * Every event source, with the gateway models that make its events (`alb-multi` is a load balancer with multi-value
 * headers; VPC Lattice has no model). This is the one list: the types below, the doors of the testing kit and the CLI
 * derive from it. Tables over sources and gateways are exhaustive, so a new entry compiles only when each table has it.
 */
export const EVENT_SOURCES = {
  rest: ['rest'],
  http: ['http'],
  url: ['url'],
  alb: ['alb', 'alb-multi'],
  lattice: [],
} as const satisfies Record<string, readonly string[]>;

/** What invokes a function with a request: a REST API, an HTTP API, a Function URL, a load balancer or VPC Lattice. */
export type EventSource = keyof typeof EVENT_SOURCES;

/** The name of a gateway model. */
export type GatewayName = (typeof EVENT_SOURCES)[EventSource][number];

/** The names of all gateway models, in the order of {@link EVENT_SOURCES}. */
export const gatewayNames: readonly GatewayName[] = Object.values(EVENT_SOURCES).flat();
