import { CommandError } from '../command-error.js';
import { type RecordedRequest, toRecordedRequest } from './recorded-request.js';

/** The members of an entry in a HAR (HTTP Archive 1.2) that are read. */
interface HarRequest {
  method?: unknown;
  url?: unknown;
  headers?: { name?: unknown; value?: unknown }[];
  postData?: { mimeType?: unknown; text?: unknown; encoding?: unknown; params?: { name?: unknown; value?: unknown }[] };
}

/**
 * Reads the requests of a HAR, which browsers and proxies save.
 *
 * @throws CommandError if it is not a HAR, or has no requests
 */
export function readHarFile(path: string, content: string): RecordedRequest[] {
  let entries: unknown;
  try {
    entries = (JSON.parse(content) as { log?: { entries?: unknown } } | null)?.log?.entries;
  } catch (error) {
    throw new CommandError(`${path} is not JSON: ${(error as Error).message}.`);
  }
  if (!Array.isArray(entries)) throw new CommandError(`${path} is not a HAR: it has no array log.entries.`);
  if (entries.length === 0) throw new CommandError(`${path} contains no requests.`);
  return entries.map((entry: { request?: HarRequest } | null, i) => readEntry(path, i, entry?.request));
}

function readEntry(path: string, index: number, request: HarRequest | undefined): RecordedRequest {
  if (typeof request?.method !== 'string' || typeof request.url !== 'string') {
    throw new CommandError(`${path}: log.entries[${index}].request has no method or no url.`);
  }
  const headers = (request.headers ?? []).map(({ name, value }): [string, string] => [String(name), String(value)]);
  const body = readBody(request.postData);
  const type = request.postData?.mimeType;
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  if (body.byteLength > 0 && !hasType && typeof type === 'string' && type !== '') headers.push(['content-type', type]);
  return toRecordedRequest({ method: request.method, url: request.url, headers, body });
}

function readBody(data: HarRequest['postData']): Uint8Array {
  if (typeof data?.text === 'string') return Buffer.from(data.text, data.encoding === 'base64' ? 'base64' : 'utf8');
  const fields = (data?.params ?? []).map(({ name, value }): [string, string] => [String(name), String(value ?? '')]);
  return Buffer.from(new URLSearchParams(fields).toString());
}
