import type { IncomingMessage } from 'node:http';

/** Reads a body within a limit. What is beyond it is taken from the connection all the same, and forgotten. */
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
