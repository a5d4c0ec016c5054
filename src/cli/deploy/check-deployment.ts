import { CommandError } from '../command-error.js';
import type { FunctionSettings } from '../config/function-settings.js';
import type { DeployedGateway } from '../config/gateways.js';

/** What each gateway is called in messages. */
const GATEWAY_TITLES: Readonly<Record<DeployedGateway, string>> = {
  url: 'a Function URL',
  http: 'an HTTP API',
  rest: 'a REST API',
  alb: 'a load balancer',
};

/** How long API Gateway waits for a function that does not stream, in seconds. A REST API waits 29 s, an HTTP API 30 s. */
const API_GATEWAY_WAIT_SECONDS = 29;

/** The longest name of a function (Lambda, CreateFunction). */
const MAX_NAME = 64;

/** How long the names and values of environment variables may be together, in bytes (Lambda, quotas). */
const MAX_ENVIRONMENT = 4096;

/** The environment variables that Lambda sets itself and does not accept (Lambda, "Reserved environment variables"). */
const RESERVED_VARIABLES =
  /^(?:_HANDLER|_X_AMZN_TRACE_ID|AWS_(?:DEFAULT_)?REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_(?:FUNCTION_(?:NAME|MEMORY_SIZE|VERSION)|INITIALIZATION_TYPE|LOG_GROUP_NAME|LOG_STREAM_NAME|RUNTIME_API)|AWS_ACCESS_KEY(?:_ID)?|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|LAMBDA_(?:TASK_ROOT|RUNTIME_DIR))$/;

/**
 * Checks that the gateway and AWS support the settings, together.
 *
 * @param all those of one deployment, or of each stage
 * @throws CommandError with everything that is not supported
 */
export function checkDeployment(...all: readonly FunctionSettings[]): void {
  const mistakes = all.flatMap((settings) => {
    const stage = settings.stage === undefined ? '' : `Stage "${settings.stage}": `;
    return mistakesOf(settings).map((mistake) => `${stage}${capitalised(mistake)}`);
  });
  mistakes.push(...sharedDomains(all));
  if (mistakes.length > 0) throw new CommandError(mistakes.join('\n'));
}

/** A domain leads to one API or load balancer only; the second stage would fail when it is deployed. */
function sharedDomains(all: readonly FunctionSettings[]): string[] {
  const names = [...new Set(all.map(({ domain }) => domain?.name).filter((name) => name !== undefined))];
  return names.flatMap((name) => {
    const stages = all.filter(({ domain }) => domain?.name === name).map(({ stage }) => `"${stage}"`);
    if (stages.length < 2) return [];
    return [
      `The stages ${stages.join(' and ')} have the same domain, ${name}. Move "lambda.domain" to the stage that has it, or give each its own.`,
    ];
  });
}

function mistakesOf(settings: FunctionSettings): string[] {
  const title = GATEWAY_TITLES[settings.gateway];
  return [
    ...replyMistakes(settings, title),
    ...corsMistakes(settings, title),
    ...gatewayMistakes(settings, title),
    ...functionMistakes(settings),
    ...variableMistakes(settings),
  ].filter((mistake) => mistake !== undefined);
}

type Mistakes = readonly (string | undefined)[];

function replyMistakes({ gateway, streaming, timeoutSeconds, schedules, queues }: FunctionSettings, title: string) {
  const waitsLongEnough =
    streaming || gateway === 'url' || gateway === 'alb' || timeoutSeconds <= API_GATEWAY_WAIT_SECONDS;
  const others = [...(schedules.length > 0 ? ['schedules'] : []), ...(queues.length > 0 ? ['queues'] : [])];
  return [
    streaming && gateway !== 'url' && gateway !== 'rest'
      ? `${title} ("lambda.gateway": "${gateway}") does not support streamed replies. Use a Function URL or a REST API, or set "lambda.streaming" to false.`
      : undefined,
    waitsLongEnough
      ? undefined
      : `${title} waits ${API_GATEWAY_WAIT_SECONDS} seconds for a reply, but "lambda.timeout" is ${timeoutSeconds}. Lower it, use a Function URL, or stream through a REST API.`,
    streaming && others.length > 0
      ? `a streaming handler takes no other events, but ${others.map((name) => `"lambda.${name}"`).join(' and ')} would send it some. Set "lambda.streaming" to false, or deploy a second function for them.`
      : undefined,
  ] satisfies Mistakes;
}

function corsMistakes({ gateway, cors }: FunctionSettings, title: string) {
  return [
    cors !== undefined && gateway !== 'url' && gateway !== 'http'
      ? `${title} has no CORS settings, but "lambda.cors" is set. Remove it, and add a CORS middleware to "use" in the app.`
      : undefined,
    cors?.allowCredentials === true && cors.allowOrigins?.includes('*') !== false
      ? '"lambda.cors.allowCredentials" needs the names of the origins in "lambda.cors.allowOrigins": browsers send no cookies if it is "*".'
      : undefined,
    gateway === 'url' && cors?.allowMethods?.some((method) => method.toUpperCase() === 'OPTIONS') === true
      ? '"lambda.cors.allowMethods" contains OPTIONS, which a Function URL does not accept: it replies to preflights itself. Remove it.'
      : undefined,
  ] satisfies Mistakes;
}

/** What belongs to a gateway alone. */
function gatewayMistakes({ gateway, urlAuth, domain, throttling, accessLogs }: FunctionSettings, title: string) {
  const isApi = gateway === 'http' || gateway === 'rest';
  return [
    throttling !== undefined && !isApi
      ? `${title} has no throttling, but "lambda.throttling" is set. Remove it, and limit the invocations at one time with "lambda.reservedConcurrency".`
      : undefined,
    domain !== undefined && gateway === 'url'
      ? `${title} has no domain of yours, but "lambda.domain" is set. Remove it and put CloudFront in front, or use another gateway.`
      : undefined,
    accessLogs !== undefined && gateway === 'url'
      ? `${title} logs no requests, but "lambda.accessLogs" is set. Remove it and log them in the app, or use another gateway.`
      : undefined,
    accessLogs === true && gateway === 'alb'
      ? `${title} logs requests to a bucket of S3. Set "lambda.accessLogs" to { bucket: 'NAME' }, a bucket that its service may write to.`
      : undefined,
    typeof accessLogs === 'object' && isApi
      ? `${title} logs requests to a log group, not to a bucket. Set "lambda.accessLogs" to true.`
      : undefined,
    urlAuth !== 'none' && gateway !== 'url'
      ? `"lambda.urlAuth" is for Function URLs, but "lambda.gateway" is "${gateway}". Remove it, or use the gateway "url".`
      : undefined,
  ] satisfies Mistakes;
}

function functionMistakes(settings: FunctionSettings) {
  const { functionName, stage, logFormat, logLevel, systemLogLevel, alarms, timeoutSeconds } = settings;
  const levels = Object.entries({ logLevel, systemLogLevel }).filter(([, level]) => level !== undefined);
  const p99 = alarms?.p99 ?? false;
  return [
    functionName.length > MAX_NAME
      ? `the function would be called ${functionName}, which has ${functionName.length} characters, but ${MAX_NAME} are the most. Shorten "lambda.functionName"${stage === undefined ? '' : ' or the name of the stage'}.`
      : undefined,
    ...levels.map(([name]) =>
      logFormat === 'json'
        ? undefined
        : `"lambda.${name}" needs "lambda.logFormat": "json"; Lambda filters no logs of text.`,
    ),
    p99 !== false && p99 > timeoutSeconds * 1000
      ? `"lambda.alarms.p99" is ${p99} milliseconds, but "lambda.timeout" ends invocations after ${timeoutSeconds} seconds. Lower the alarm.`
      : undefined,
  ] satisfies Mistakes;
}

function variableMistakes({ environment, secrets }: FunctionSettings) {
  const names = [...new Set([...Object.keys(environment), ...Object.keys(secrets)])];
  const length = Object.entries(environment).reduce((sum, entry) => sum + Buffer.byteLength(entry.join('')), 0);
  return [
    ...names.map((name) =>
      Object.hasOwn(environment, name) && Object.hasOwn(secrets, name)
        ? `${name} is in "lambda.environment" and in "lambda.secrets". Remove it from one of them.`
        : undefined,
    ),
    ...names.map((name) =>
      RESERVED_VARIABLES.test(name)
        ? `Lambda sets ${name} itself, and does not accept it in "lambda.${Object.hasOwn(environment, name) ? 'environment' : 'secrets'}". Give the variable another name.`
        : undefined,
    ),
    length > MAX_ENVIRONMENT
      ? `"lambda.environment" has ${length} bytes, but Lambda takes ${MAX_ENVIRONMENT}. Shorten it, or read a file in the app.`
      : undefined,
  ] satisfies Mistakes;
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
