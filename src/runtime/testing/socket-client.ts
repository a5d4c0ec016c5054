import { connect } from 'node:net';
import type { RawRequest, RawResponse } from '../gateways/raw-http.js';

/**
 * Sends a request over a new socket, byte for byte: the target is not normalised, and only `connection` and, for a
 * body, `content-length` are added.
 *
 * @throws Error if the connection ends before the response is complete
 */
export function sendOverSocket(port: number, request: RawRequest): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The connection was closed before the response was complete.')));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => {
      socket.destroy();
      try {
        resolve(parseResponse(Buffer.concat(chunks), request.method));
      } catch (error) {
        reject(error);
      }
    });
    socket.write(serialise(request));
  });
}

function serialise(request: RawRequest): Buffer {
  const names = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const lines = [`${request.method} ${request.target} HTTP/1.1`];
  for (const [name, value] of request.headers) lines.push(`${name}: ${value}`);
  if (!names.has('connection')) lines.push('connection: close');
  if (request.body.byteLength > 0 && !names.has('content-length') && !names.has('transfer-encoding')) {
    lines.push(`content-length: ${request.body.byteLength}`);
  }
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), request.body]);
}

const BODILESS = new Set([204, 304]);

/** Reads one HTTP/1.1 response from all bytes of a connection. */
function parseResponse(bytes: Buffer, method: string): RawResponse {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) throw new Error('The connection ended before the head of the response.');
  const [statusLine, ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(statusLine!)?.[1]);
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const rest = bytes.subarray(end + 4);
  if (status >= 100 && status < 200) return parseResponse(rest, method);
  return { status, headers, body: readBody(rest, headers, status, method) };
}

function readBody(rest: Buffer, headers: readonly [string, string][], status: number, method: string): Uint8Array {
  const field = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  if (method === 'HEAD' || BODILESS.has(status)) {
    if (rest.byteLength > 0) throw new Error(`The response to ${method} with status ${status} has a body.`);
    return rest;
  }
  if (field('transfer-encoding')?.toLowerCase() === 'chunked') return readChunks(rest);
  const length = field('content-length');
  if (length === undefined) return rest;
  if (rest.byteLength !== Number(length)) {
    throw new Error(`The response's body has ${rest.byteLength} bytes, but its content-length is ${length}.`);
  }
  return rest;
}

function readChunks(rest: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf('\r\n', at);
    if (lineEnd === -1) throw new Error('The connection ended in the middle of a chunked body.');
    const size = Number.parseInt(rest.subarray(at, lineEnd).toString('latin1'), 16);
    if (size === 0) return Buffer.concat(chunks);
    if (lineEnd + 2 + size > rest.byteLength) throw new Error('The connection ended in the middle of a chunked body.');
    chunks.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
