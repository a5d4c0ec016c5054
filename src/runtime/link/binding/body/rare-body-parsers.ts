import { assertSize, bodyTooLarge } from '../../../http/body/body.js';
import { isText, MULTIPART } from '../../../http/body/media-type.js';
import { refuseBody } from '../../../http/body/refuse-body.js';
import { bodyText } from '../../../http/body/text-decoding.js';
import type { RoutePlan, TypePlan } from '../../../plan/app-plan.js';
import { fromLimit } from '../../../plan/limit.js';
import type { BodyParser, Parse, ParsedBody } from './parsed-body.js';
import { isStructured, parseContent, parserWith } from './structured-parser.js';

/** What a body is read as; the parameters that bind it decide. `form` is multipart only. */
type BodyKind = 'structured' | 'form' | 'text' | 'bytes' | 'stream';

/** Parses JSON, or a form. */
export const parseStructured: BodyParser = parserWith(parseContent, isStructured);

/** As `bodyParserOf`, for a route with files, or with a body that stays unparsed. */
export function rareBodyParserOf({ args, fieldsLimit }: Pick<RoutePlan, 'args' | 'fieldsLimit'>): BodyParser {
  const kind = bodyKindOf(args);
  if (kind === 'stream') return (request) => raw(request.stream(), false);
  const parse: Parse = kind === 'text' ? parseText : kind === 'bytes' ? parseBytes : parseContent;
  const limited = fieldsLimit === undefined ? parse : limitFields(parse, fromLimit(fieldsLimit));
  return parserWith(limited, ACCEPTED[kind], kind === 'form');
}

/** Refuses a body whose part without files is too large, where files may be read beyond their own limits. */
function limitFields(parse: Parse, limit: number): Parse {
  return async (body, type, request) => {
    if (type?.essence !== MULTIPART) assertSize(body, limit);
    const parsed = await parse(body, type, request);
    if (parsed.fieldsSize !== undefined && parsed.fieldsSize > limit) throw bodyTooLarge(limit);
    return parsed;
  };
}

function bodyKindOf(args: RoutePlan['args']): BodyKind {
  let kind: BodyKind | undefined;
  for (const argument of args) {
    if (argument?.kind === 'file' || argument?.kind === 'files') {
      // A required file can only come in a multipart form.
      if (argument.isOptional !== true) return 'form';
      kind ??= 'structured';
    } else if (argument?.kind === 'body') {
      const { name, type } = argument;
      kind ??= name === undefined ? rawKindOf(type) : 'structured';
    }
  }
  return kind ?? 'structured';
}

function rawKindOf(type: TypePlan): BodyKind {
  return type === 'string' ? 'text' : type === 'bytes' || type === 'stream' ? type : 'structured';
}

const ACCEPTED: Record<Exclude<BodyKind, 'stream'>, ((essence: string) => boolean) | undefined> = {
  structured: isStructured,
  form: (essence) => essence === MULTIPART,
  text: isText,
  bytes: undefined,
};

const parseText: Parse = (body, type) => raw(bodyText(body, type, refuseBody), body.length === 0);

const parseBytes: Parse = (body) => raw(typeof body === 'string' ? Buffer.from(body) : body, body.length === 0);

function raw(value: unknown, isEmpty: boolean): ParsedBody {
  return { value, format: 'raw', isEmpty, json: '', files: undefined };
}
