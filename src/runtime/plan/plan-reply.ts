import encodeUrl from 'encodeurl';
import type { AppOptions } from '../app.js';
import type { MistakeCode, Mistakes } from '../declarations/mistakes.js';
import { findNameMistake } from '../declarations/named-routes.js';
import type { MethodRecord, ReplyRecord } from '../declarations/records/controller-record.js';
import { parseMediaType } from '../http/body/media-type.js';
import { FRAMING, normaliseHeaders } from '../http/header-fields.js';
import { asUtf8, withCharset } from '../http/reply/values/text-charset.js';
import type { ReplyPlan } from './app-plan.js';

/** Adds a mistake in one of the method's decorators. */
type Complain = (decorator: string, code: MistakeCode, message: string) => void;

/** Plans the successful replies of a method; adds mistakes in its decorators. */
export function planReply(record: MethodRecord, options: Readonly<AppOptions>, ofMethod: Mistakes): ReplyPlan {
  const complain: Complain = (decorator, code, message) => ofMethod.at({ decorator }).add(code, message);
  const cookies: string[] = [];
  const headers = readDeclaredHeaders(record, cookies, complain);
  const { httpCode, onNull, onUndefined, replies } = record;
  checkStatus(httpCode, '@HttpCode', complain);
  checkStatus(onNull, '@OnNull', complain);
  checkStatus(onUndefined, '@OnUndefined', complain);
  const declared = readContentType(record, complain);
  const contentType = takeForeignType(headers) ?? declared;
  if (replies.length > 1) {
    ofMethod.add('two-reply-decorators', 'it has more than one of @Redirect and @Render. Keep one.');
  }
  return {
    ...(httpCode !== undefined && { status: httpCode }),
    ...(contentType !== undefined && { contentType, textType: withCharset(contentType) }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(cookies.length > 0 && { cookies }),
    ...(onNull !== undefined && { onNull }),
    ...(onUndefined !== undefined && { onUndefined }),
    ...(replies[0] !== undefined && planOwnReply(replies[0], options, complain)),
  };
}

/** Plans the reply of a decorator with its own rules for results. */
function planOwnReply(
  reply: ReplyRecord,
  options: Readonly<AppOptions>,
  complain: Complain,
): Pick<ReplyPlan, 'redirect' | 'view'> {
  if (reply.decorator === '@Render') {
    checkView(reply.view, options, (code, message) => complain('@Render', code, message));
    return { view: reply.view };
  }
  const { location, status, allow } = reply;
  if (!Number.isInteger(status) || status < 300 || status > 399) {
    complain('@Redirect', 'invalid-status', `${status} is not a status from 300 to 399. Correct it.`);
  }
  if (location === '') complain('@Redirect', 'empty-location', 'the location is empty. Give one.');
  return {
    redirect: {
      status,
      ...(location !== undefined && { location: encodeUrl(location) }),
      ...(allow !== undefined && { allow }),
    },
  };
}

/** Checks that a view can be rendered. */
export function checkView(
  view: string,
  { views, controllers }: Readonly<AppOptions>,
  add: (code: MistakeCode, message: string) => void,
): void {
  if (views === undefined) {
    add('no-views', "the app has no views. Pass an engine: defineApp({ views: nunjucks() }), from 'twodoors/views'.");
  }
  const mistake = views?.findMistake(view, (name, given) => findNameMistake(controllers, name, given));
  if (mistake !== undefined) add('invalid-view', mistake);
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

/** Takes a type with another charset than UTF-8 out of the headers: text must not be sent with it. */
function takeForeignType(headers: Record<string, string>): string | undefined {
  const type = headers['content-type'];
  if (type === undefined || asUtf8(type) === type) return undefined;
  delete headers['content-type'];
  return type;
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
