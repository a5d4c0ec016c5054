import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { GatewayReply } from './forward-request.js';
import type { GatewayRules } from './gateway-rules.js';

/** The headers that frame a message, which the server itself sets. */
const FRAMING = /^(?:content-length|transfer-encoding|connection|keep-alive)$/i;

/** Sends a reply to the client. Resolves with the reason if it ended early, for the log. */
export async function sendReply(
  outgoing: ServerResponse,
  reply: GatewayReply,
  rules: GatewayRules,
  warn: (message: string) => void,
): Promise<string | undefined> {
  const { response, stream } = reply;
  try {
    if (response.status < 200) throw new RangeError(`${response.status} is not a final status.`);
    const headers = response.headers.filter(([name]) => !FRAMING.test(name));
    if (stream === undefined) headers.push(['content-length', String(response.body.byteLength)]);
    outgoing.writeHead(response.status, headers.flat());
  } catch (error) {
    warn(`The gateway cannot send the response of the function: ${(error as Error).message}`);
    outgoing.writeHead(rules.functionError.status, rules.functionError.headers.flat());
    outgoing.end(rules.functionError.body);
    if (stream !== undefined) await discardStream(stream);
    return undefined;
  }
  if (stream === undefined) {
    outgoing.end(response.body);
    return undefined;
  }
  // Sends the head before the first chunk comes.
  outgoing.write(Buffer.alloc(0));
  return sendStream(stream, outgoing);
}

/** Sends chunks as they come. If the client leaves, the function goes on: Lambda does not tell it. */
async function sendStream(stream: AsyncIterable<Uint8Array>, outgoing: ServerResponse): Promise<string | undefined> {
  let hasLeft = false;
  outgoing.once('close', function noticeLeaving() {
    hasLeft = !outgoing.writableFinished;
  });
  try {
    for await (const chunk of stream) {
      if (hasLeft || chunk.byteLength === 0 || outgoing.write(chunk)) continue;
      await Promise.race([once(outgoing, 'drain'), once(outgoing, 'close')]);
    }
  } catch {
    // With a regular end, the client would take the response for complete.
    outgoing.destroy();
    return 'broken off';
  }
  outgoing.end();
  return hasLeft ? 'the client left' : undefined;
}

async function discardStream(stream: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const _ of stream);
  } catch {
    // The gateway has already replied with an error.
  }
}
