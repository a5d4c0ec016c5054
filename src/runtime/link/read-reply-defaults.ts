import type { MethodRecord } from '../declarations/controller-record.js';
import type { MistakeCode } from '../declarations/mistakes.js';
import { normaliseHeaders } from '../http/header-fields.js';
import { FRAMING } from '../http/http-reply.js';
import { parseMediaType, withCharset } from '../http/media-type.js';
import type { ReplyDefaults } from '../http/reply-defaults.js';

/** Adds a mistake in one of the method's decorators. */
export type Complain = (decorator: string, code: MistakeCode, message: string) => void;

/** Reads what a method's decorators say about its successful replies. Mistakes go to `complain`. */
export function readReplyDefaults(record: MethodRecord, complain: Complain): ReplyDefaults {
  const cookies: string[] = [];
  const headers = readDeclaredHeaders(record, cookies, complain);
  checkStatus(record.httpCode, '@HttpCode', complain);
  checkStatus(record.onNull, '@OnNull', complain);
  checkStatus(record.onUndefined, '@OnUndefined', complain);
  const contentType = readContentType(record, complain);
  return {
    status: record.httpCode,
    contentType,
    textType: contentType === undefined ? undefined : withCharset(contentType),
    headers: Object.keys(headers).length === 0 ? undefined : headers,
    cookies,
    onNull: record.onNull,
    onUndefined: record.onUndefined,
  };
}

function readDeclaredHeaders(record: MethodRecord, cookies: string[], complain: Complain): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of record.headers) {
    try {
      const own = normaliseHeaders({ [name]: value }, cookies);
      for (const key of Object.keys(own)) {
        if (FRAMING.includes(key) || key === 'content-length') {
          complain('@Header', 'invalid-header', `the framework sets ${key} itself. Remove it.`);
          continue;
        }
        headers[key] = headers[key] === undefined ? own[key]! : `${headers[key]}, ${own[key]}`;
      }
    } catch (error) {
      complain('@Header', 'invalid-header', (error as Error).message);
    }
  }
  return headers;
}

function checkStatus(status: number | undefined, decorator: string, complain: Complain): void {
  if (status === undefined || (Number.isInteger(status) && status >= 200 && status <= 599)) return;
  complain(decorator, 'invalid-status', `${JSON.stringify(status)} is not a status from 200 to 599. Correct it.`);
}

function readContentType({ contentType }: MethodRecord, complain: Complain): string | undefined {
  if (contentType === undefined) return undefined;
  if (parseMediaType(contentType) !== undefined) return contentType.trim();
  complain(
    '@ContentType',
    'invalid-content-type',
    `${JSON.stringify(contentType)} is not a media type. Write it in full, such as 'text/csv'.`,
  );
  return undefined;
}
