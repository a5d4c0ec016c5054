import type { ArgumentPlan, RoutePlan } from '../../../plan/app-plan.js';
import type { BodyParser } from './parsed-body.js';
import { loadRareBodyParsers } from './rare-body-parsers.lazy.js';
import { isStructured, parserWith, parseStructured } from './structured-parser.js';

/**
 * Makes the parser of a route with parameters that bind the body. It checks the content type before it reads the body, so
 * that a 415 comes first.
 */
export function bodyParserOf(route: Pick<RoutePlan, 'args' | 'fieldsLimit'>): BodyParser {
  return route.fieldsLimit === undefined && route.args.every(isOfValues)
    ? parserWith(parseStructured, isStructured)
    : loadRareBodyParsers().rareBodyParserOf(route);
}

/** Whether an argument is no file, and no body that stays unparsed. */
function isOfValues(argument: ArgumentPlan | null): boolean {
  if (argument?.kind === 'body') {
    const { name, type } = argument;
    return name !== undefined || (type !== 'string' && type !== 'bytes' && type !== 'stream');
  }
  return argument?.kind !== 'file' && argument?.kind !== 'files';
}
