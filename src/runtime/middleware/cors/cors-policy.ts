import type { HttpRequest } from '../../http/http-request.js';
import type { TrustedOrigins } from '../../http/origin/trusted-origins.js';
import type { CorsOptions, CorsOrigin } from './cors-options.js';

/** The options of `cors()`, checked and ready for requests. */
export interface CorsPolicy {
  /** What `access-control-allow-origin` always is; undefined where it depends on the request. */
  readonly fixedOrigin: string | undefined;
  /** Whether an origin may read replies. */
  readonly allows: (origin: string, request: HttpRequest) => boolean | Promise<boolean>;
  /** The origins whose pages may send forms: all that are named, so that `'*'` is not among them. */
  readonly trusted: TrustedOrigins | undefined;
  /** In upper case; undefined for any. */
  readonly methods: readonly string[] | undefined;
  /** The headers as they are sent; undefined for those that the browser asks for. */
  readonly allowedHeaders: string | undefined;
  readonly exposedHeaders: string | undefined;
  readonly credentials: boolean;
  readonly maxAge: string | undefined;
  readonly privateNetwork: boolean;
}

/** Makes a policy of options without mistakes. */
export function toPolicy(options: CorsOptions): CorsPolicy {
  const { origin, methods, allowedHeaders, exposedHeaders, credentials = false, maxAge, privateNetwork } = options;
  const list = typeof origin === 'function' ? undefined : listOf(origin);
  const allows = typeof origin === 'function' ? judgeOf(origin) : matcherOf(list!);
  return {
    fixedOrigin: list?.length === 1 && typeof list[0] === 'string' ? list[0] : undefined,
    allows,
    trusted: list?.includes('*') ? undefined : (textsOf(list) ?? allows),
    methods: methods?.map((method) => method.toUpperCase()),
    allowedHeaders: allowedHeaders?.join(', '),
    exposedHeaders: exposedHeaders?.length ? exposedHeaders.join(', ') : undefined,
    credentials,
    maxAge: maxAge === undefined ? undefined : String(maxAge),
    privateNetwork: privateNetwork === true,
  };
}

/** The app's own function; only `true` opens a reply, whatever else code without types returns. */
function judgeOf(judge: Extract<CorsOptions['origin'], (...args: never[]) => unknown>): CorsPolicy['allows'] {
  return (origin, request) => {
    const verdict = judge(origin, request);
    return typeof verdict === 'object'
      ? Promise.resolve(verdict).then((settled) => settled === true)
      : verdict === true;
  };
}

function listOf(origin: CorsOrigin | readonly CorsOrigin[]): readonly CorsOrigin[] {
  return typeof origin === 'string' || origin instanceof RegExp ? [origin] : origin;
}

/** A list without expressions; undefined for any other. */
function textsOf(list: readonly CorsOrigin[] | undefined): readonly string[] | undefined {
  return list?.every((each) => typeof each === 'string') ? list : undefined;
}

function matcherOf(list: readonly CorsOrigin[]): CorsPolicy['allows'] {
  const texts = new Set(list.filter((each) => typeof each === 'string'));
  // With the flags g and y an expression would remember where it found the last origin.
  const expressions = list
    .filter((each) => each instanceof RegExp)
    .map(({ source, flags }) => new RegExp(source, flags.replace(/[gy]/g, '')));
  return (origin) => texts.has('*') || texts.has(origin) || expressions.some((expression) => expression.test(origin));
}

/** What is wrong with options; each with its fix. */
export function corsMistakes(options: CorsOptions | undefined): string[] {
  const { origin, credentials, maxAge, methods, ...headers } = options ?? ({} as Partial<CorsOptions>);
  const mistakes: string[] = [];
  if (typeof origin === 'string' || origin instanceof RegExp || Array.isArray(origin)) {
    const list: readonly unknown[] = Array.isArray(origin) ? origin : [origin];
    mistakes.push(...list.flatMap((each) => originMistakes(each, list.length > 1, credentials)));
  } else if (typeof origin !== 'function') {
    mistakes.push("it needs an origin. Write { origin: 'https://app.example' }, or { origin: '*' } for everybody.");
  }
  if (maxAge !== undefined && !(Number.isInteger(maxAge) && maxAge >= -1)) {
    mistakes.push(`maxAge: ${maxAge} is not a whole number of seconds. Correct it, or leave it out.`);
  }
  const names = { methods, allowedHeaders: headers.allowedHeaders, exposedHeaders: headers.exposedHeaders };
  for (const [option, list] of Object.entries(names)) mistakes.push(...namesMistakes(option, list, credentials));
  return mistakes;
}

function originMistakes(origin: unknown, isOneOfMany: boolean, credentials: boolean | undefined): string[] {
  if (origin instanceof RegExp) {
    const isWhole = /^\^/.test(origin.source) && /(?<!\\)\$$/.test(origin.source) && !/(?<!\\)\|/.test(outerOf(origin));
    if (isWhole && !origin.flags.includes('m')) return [];
    return [
      `the expression ${origin} does not have to match a whole origin, so that others could be registered to match it. Write ^ at its start and $ at its end, with alternatives in brackets.`,
    ];
  }
  if (origin === '*') {
    if (isOneOfMany) return ["'*' in a list makes all other origins useless. Write origin: '*', or remove it."];
    return credentials
      ? ["browsers send no cookies to origin '*'. Name the origins, or remove credentials: true."]
      : [];
  }
  if (typeof origin === 'string' && isOrigin(origin)) return [];
  return [
    `${JSON.stringify(origin) ?? typeof origin} is not an origin. Write scheme and host in lower case, without a path or a slash at the end, such as 'https://app.example'.`,
  ];
}

/** The source of an expression without what is in brackets. */
function outerOf({ source }: RegExp): string {
  let rest = source.replace(/\\./g, '');
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/\([^()]*\)|\[[^\]]*\]/g, '');
  }
  return rest;
}

/** Whether this is an origin as browsers write it (RFC 6454 §6.2); apps on phones have schemes of their own. */
function isOrigin(text: string): boolean {
  // A URL may have an asterisk in its host; here, nothing would match it.
  if (text.includes('*')) return false;
  if (/^https?:/.test(text)) return URL.canParse(text) && new URL(text).origin === text;
  return /^(?!file:)[a-z][a-z\d+.-]*:\/\/[a-z\d.-]+(?::\d+)?$/.test(text);
}

function namesMistakes(option: string, names: unknown, credentials: boolean | undefined): string[] {
  if (names === undefined) return [];
  if (!Array.isArray(names)) return [`${option} is not a list. Write ${option}: ['x-total'].`];
  return names.flatMap((name: unknown) => {
    if (typeof name !== 'string' || !/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) {
      return [`${option}: ${JSON.stringify(name)} is not a name. Correct it.`];
    }
    if (name !== '*' || (option === 'exposedHeaders' && !credentials)) return [];
    return [
      option === 'exposedHeaders'
        ? "exposedHeaders: with credentials, browsers take '*' for a header of that name. Name the headers."
        : `${option}: '*' does not cover everything. Leave ${option} out to allow whatever browsers ask for.`,
    ];
  });
}
