import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { GatewayContext, GatewayName } from '../../../runtime/gateways/gateway.js';
import type { RawHeaders, RawRequest } from '../../../runtime/gateways/raw-http.js';
import type { CorsConfig } from '../../config/config.js';
import type { FunctionError } from '../function/invocation.js';
import { readPayload } from '../runtime-api/read-payload.js';
import { preflightResponse, withCorsHeaders } from './cors.js';
import { forwardRequest, type GatewayReply, type InvocableFunction } from './forward-request.js';
import { GATEWAY_RULES, type GatewayRules } from './gateway-rules.js';
import { type LoggedRequest, logLine } from './log-line.js';
import { sendReply } from './send-reply.js';

/** What a gateway in front of a local function needs. */
export interface GatewayServerOptions {
  readonly gateway: GatewayName;
  /** Resolves with the function to invoke, or with undefined if it could not be built. */
  readonly target: () => Promise<InvocableFunction | undefined>;
  /** The CORS settings of the gateway; only HTTP APIs and Function URLs have them. */
  readonly cors?: CorsConfig | undefined;
  /** How long the gateway waits for the function, in milliseconds. Default: as long as the real one. */
  readonly timeoutMs?: number | undefined;
  /** Overrides what the connection says about a request. */
  readonly context?: GatewayContext;
  /** Takes a line for each request. Default: writes it to the standard output. */
  readonly log?: (line: string) => void;
  /** Takes warnings. Default: writes them to the standard error. */
  readonly warn?: (message: string) => void;
  /** Takes each function error. The server also warns of those that the runtime has not logged. */
  readonly onFunctionError?: (error: FunctionError) => void;
}

/**
 * Creates an HTTP server that does what a gateway does with a function: it makes AWS's event of a request, invokes the
 * function, and sends the response. It has the limits of the real gateway, and its responses to failures. It does not
 * listen yet.
 */
export function createGatewayServer(options: GatewayServerOptions): Server {
  const { log = console.log, timeoutMs } = options;
  const ownRules = GATEWAY_RULES[options.gateway];
  const rules = timeoutMs === undefined ? ownRules : { ...ownRules, timeoutMs };
  async function handleAndLog(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    log(logLine(await handleRequest(incoming, outgoing, rules, options)));
  }
  const server = createServer((incoming, outgoing) => void handleAndLog(incoming, outgoing));
  // Only the gateway's own rules limit the time.
  server.requestTimeout = server.timeout = 0;
  return server;
}

/** Replies to one request, and returns what to log about it. Never rejects. */
async function handleRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  rules: GatewayRules,
  options: GatewayServerOptions,
): Promise<LoggedRequest> {
  const start = performance.now();
  const { method = 'GET', url: target = '/' } = incoming;
  const body = await readPayload(incoming, rules.bodyLimit);
  const logged = { gateway: rules.name, method, target };
  if (body === 'truncated') {
    return { ...logged, status: 400, durationMs: performance.now() - start, note: 'the client left' };
  }
  const reply =
    body === 'too large'
      ? { response: rules.tooLarge }
      : await replyTo({ method, target, headers: headerPairs(incoming.rawHeaders), body }, incoming, rules, options);
  const sendNote = await sendReply(outgoing, reply, rules, options.warn ?? console.error);
  const durationMs = performance.now() - start;
  const sent = { ...logged, status: outgoing.statusCode, durationMs, note: sendNote ?? reply.note };
  if (reply.invocation === undefined) return sent;
  const { isCold, done } = reply.invocation;
  // If the gateway stopped waiting, the log does not wait either.
  return { ...sent, isCold, memory: reply.isAbandoned === true ? undefined : await done };
}

async function replyTo(
  request: RawRequest,
  incoming: IncomingMessage,
  rules: GatewayRules,
  { cors, context, target, warn = console.error, onFunctionError }: GatewayServerOptions,
): Promise<GatewayReply> {
  const preflight = cors && preflightResponse(request, cors, rules.name === 'http' ? 204 : 200);
  if (preflight !== undefined) return { response: preflight, note: 'preflight' };
  function reportFunctionError(error: FunctionError): void {
    // The runtime has logged every error that has a trace.
    if (error.trace === undefined) warn(`${error.errorType}: ${error.errorMessage}`);
    onFunctionError?.(error);
  }
  const reply = await forwardRequest(
    { request, context: { ...connectionContext(incoming), ...context }, rules, onFunctionError: reportFunctionError },
    await target(),
  );
  if (cors === undefined) return reply;
  return { ...reply, response: { ...reply.response, headers: withCorsHeaders(reply.response.headers, request, cors) } };
}

function connectionContext({ socket }: IncomingMessage): GatewayContext {
  const { remoteAddress = '127.0.0.1', localPort = 80 } = socket;
  return { protocol: 'http', port: localPort, sourceIp: remoteAddress.replace(/^::ffff:/, '') };
}

function headerPairs(rawHeaders: readonly string[]): RawHeaders {
  const headers: [string, string][] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) headers.push([rawHeaders[i]!, rawHeaders[i + 1]!]);
  return headers;
}
