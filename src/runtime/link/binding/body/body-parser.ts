import { parseJson, USUAL_JSON } from '../../../http/body/parse-json.js';
import { refuseBody } from '../../../http/body/refuse-body.js';
import { requestBodyOf } from '../../../http/body/request-body.js';
import type { HttpRequest } from '../../../http/http-request.js';
import type { RoutePlan } from '../../../plan/app-plan.js';
import type { BodyParser, ParsedBody } from './parsed-body.js';
import { loadRareBodyParsers } from './rare-body-parsers.lazy.js';

/**
 * Gives the parser of a route with parameters that bind the body. It checks the content type before it reads the body, so
 * that a 415 comes first.
 */
export function bodyParserOf(route: Pick<RoutePlan, 'args' | 'fieldsLimit'>): BodyParser {
  const { args, fieldsLimit } = route;
  let isParsed = fieldsLimit === undefined;
  for (const argument of args) {
    if (argument?.kind === 'file' || argument?.kind === 'files') isParsed = false;
    else if (argument?.kind === 'body' && argument.name === undefined) {
      const { type } = argument;
      isParsed &&= type !== 'string' && type !== 'bytes' && type !== 'stream';
    }
  }
  return isParsed ? parseUsualBody : loadRareBodyParsers().rareBodyParserOf(route);
}

/** Parses JSON whose type is written as usual, and that the door has as text; anything else is left to the file that does. */
function parseUsualBody(request: HttpRequest): ParsedBody | Promise<ParsedBody> {
  const { headers } = request;
  const isUsual = USUAL_JSON.includes(headers['content-type']) && headers['content-encoding'] === undefined;
  const text = isUsual ? requestBodyOf(request).content() : undefined;
  // A content type without a body is not a body; one with a byte order mark is not JSON yet.
  if (typeof text !== 'string' || text === '' || text.charCodeAt(0) === 0xfeff) {
    return loadRareBodyParsers().parseStructured(request);
  }
  return { value: parseJson(text, refuseBody), format: 'json', isEmpty: false, json: text, files: undefined };
}
