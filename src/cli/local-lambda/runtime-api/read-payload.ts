import type { IncomingMessage } from 'node:http';

/** Reads a body up to a limit, in bytes. If the body is larger, the rest is read from the connection and discarded. */
export async function readPayload(
  request: IncomingMessage,
  limit: number,
): Promise<Buffer | 'too large' | 'truncated'> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.byteLength;
      if (length > limit) chunks.length = 0;
      else chunks.push(chunk);
    }
  } catch {
    return 'truncated';
  }
  return length > limit ? 'too large' : Buffer.concat(chunks, length);
}
