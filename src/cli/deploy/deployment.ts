import { CommandError } from '../command-error.js';
import type { FunctionSettings } from '../config/function-settings.js';
import type { DeployedGateway } from '../config/gateways.js';

/** The infrastructure-as-code tools that a file can be generated for. */
export const IAC_TOOLS = ['sam', 'cloudformation', 'terraform', 'cdk'] as const;

/** The name of an infrastructure-as-code tool. */
export type IacTool = (typeof IAC_TOOLS)[number];

/** The path of the zip, relative to the folder of the generated file. */
export const ZIP = '../build/lambda.zip';

/** The stage of a REST API. It is the first segment of the API's URL, but not part of the path that the app gets. */
export const STAGE = 'live';

/** What each gateway is called in messages. */
const GATEWAY_TITLES: Readonly<Record<DeployedGateway, string>> = {
  url: 'a Function URL',
  http: 'an HTTP API',
  rest: 'a REST API',
  alb: 'a load balancer',
};

/** How long API Gateway waits for a function that does not stream, in seconds. A REST API waits 29 s, an HTTP API 30 s. */
const API_GATEWAY_WAIT_SECONDS = 29;

/**
 * Checks that the gateway supports the settings.
 *
 * @throws CommandError with everything that it does not support
 */
export function checkDeployment({ gateway, streaming, timeoutSeconds, cors }: FunctionSettings): void {
  const title = GATEWAY_TITLES[gateway];
  const waitsLongEnough =
    streaming || gateway === 'url' || gateway === 'alb' || timeoutSeconds <= API_GATEWAY_WAIT_SECONDS;
  const mistakes = [
    streaming && gateway !== 'url' && gateway !== 'rest'
      ? `${title} ("lambda.gateway": "${gateway}") does not support streamed replies. Use a Function URL or a REST API, or set "lambda.streaming" to false.`
      : undefined,
    waitsLongEnough
      ? undefined
      : `${title} waits ${API_GATEWAY_WAIT_SECONDS} seconds for a reply, but "lambda.timeout" is ${timeoutSeconds}. Lower it, use a Function URL, or stream through a REST API.`,
    cors !== undefined && gateway !== 'url' && gateway !== 'http'
      ? `${title} has no CORS settings, but "lambda.cors" is set. Remove it, and add a CORS middleware to "use" in the app.`
      : undefined,
    cors?.allowCredentials === true && cors.allowOrigins?.includes('*') !== false
      ? '"lambda.cors.allowCredentials" needs the names of the origins in "lambda.cors.allowOrigins": browsers send no cookies if it is "*".'
      : undefined,
    gateway === 'url' && cors?.allowMethods?.some((method) => method.toUpperCase() === 'OPTIONS') === true
      ? '"lambda.cors.allowMethods" contains OPTIONS, which a Function URL does not accept: it replies to preflights itself. Remove it.'
      : undefined,
  ].filter((mistake) => mistake !== undefined);
  if (mistakes.length > 0) throw new CommandError(mistakes.map(capitalised).join('\n'));
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
