import { CommandError } from '../command-error.js';
import type { FunctionSettings } from '../config/function-settings.js';

/** The tools that a description can be written for. */
export const IAC_TOOLS = ['sam', 'cloudformation', 'terraform', 'cdk'] as const;

/** A tool that takes a description of what is to be there, and makes it so. */
export type IacTool = (typeof IAC_TOOLS)[number];

/** The zip, as seen from the folder that descriptions are in. */
export const ZIP = '../build/lambda.zip';

/** The stage of a REST API: it is the first segment of the API's own URL, and no part of the path that the app sees. */
export const STAGE = 'live';

/** What each front is, for a person. */
const FRONTS: Readonly<Record<FunctionSettings['front'], string>> = {
  url: 'a Function URL',
  http: 'an HTTP API',
  rest: 'a REST API',
  alb: 'a load balancer',
};

/** API Gateway waits so long for a function that does not stream, in seconds; HTTP APIs one more, REST APIs not. */
const LONGEST_WAIT = 29;

/**
 * Holds what is to be deployed to what its front can do.
 *
 * @throws CommandError with everything that cannot be
 */
export function checkDeployment({ front, streaming, timeout, cors }: FunctionSettings): void {
  const name = FRONTS[front];
  const isWaitedFor = streaming || front === 'url' || front === 'alb' || timeout <= LONGEST_WAIT;
  const mistakes = [
    streaming && front !== 'url' && front !== 'rest'
      ? `${name} ("front": "${front}") does not read streamed answers. Put a Function URL or a REST API in front, or turn "lambda.streaming" off.`
      : undefined,
    isWaitedFor
      ? undefined
      : `${name} waits ${LONGEST_WAIT} seconds, and "lambda.timeout" is ${timeout}: nobody would be there for the answer. Lower it, or take a Function URL, or stream through a REST API.`,
    cors !== undefined && front !== 'url' && front !== 'http'
      ? `${name} has no CORS of its own, and "lambda.cors" is set. Answer it in the app, with a middleware in its "use".`
      : undefined,
    cors?.allowCredentials === true && cors.allowOrigins?.includes('*') !== false
      ? '"lambda.cors.allowCredentials" needs "lambda.cors.allowOrigins" to name its origins: browsers send no cookies to "*".'
      : undefined,
    front === 'url' && cors?.allowMethods?.some((method) => method.toUpperCase() === 'OPTIONS') === true
      ? '"lambda.cors.allowMethods" has OPTIONS, which a Function URL refuses: it answers preflights by itself. Leave it out.'
      : undefined,
  ].filter((mistake) => mistake !== undefined);
  if (mistakes.length > 0) throw new CommandError(mistakes.map(capitalised).join('\n'));
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
