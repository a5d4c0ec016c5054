/** Sources by directive; `false` leaves out a directive that is there by default. */
export type CspDirectives = Readonly<Record<string, readonly string[] | false>>;

/** What pages may load and run, unless the app says otherwise: their own files, and inline code with the page's nonce. */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'object-src': ["'none'"],
  'base-uri': ["'self'"],
  'form-action': ["'self'"],
};

/** The directives that a nonce is for. */
const WITH_NONCE = ['script-src', 'style-src'];

/** Makes the policy of a reply as text. @param nonce of the page; undefined where nothing on it needs one */
export type WritePolicy = (nonce: string | undefined) => string;

/**
 * Makes a writer of policies (https://www.w3.org/TR/CSP3/).
 *
 * @param frameAncestors the sources of the directive of that name
 */
export function policyWriter(own: CspDirectives, frameAncestors: readonly string[]): WritePolicy {
  const all: Record<string, readonly string[] | false> = { ...DEFAULTS, 'frame-ancestors': frameAncestors, ...own };
  const directives = Object.entries(all).filter((entry): entry is [string, readonly string[]] => entry[1] !== false);
  const write: WritePolicy = (nonce) =>
    directives.map(([name, sources]) => [name, ...sources, ...nonceFor(name, sources, nonce)].join(' ')).join('; ');
  const withoutNonce = write(undefined);
  return (nonce) => (nonce === undefined ? withoutNonce : write(nonce));
}

/** A nonce would switch off what these sources say: `'unsafe-inline'` would count no more, `'none'` would be opened. */
function nonceFor(name: string, sources: readonly string[], nonce: string | undefined): string[] {
  if (nonce === undefined || !WITH_NONCE.includes(name)) return [];
  return sources.includes("'unsafe-inline'") || sources.includes("'none'") ? [] : [`'nonce-${nonce}'`];
}

/** Words that are only sources in quotes; without them, they are names of hosts. */
const KEYWORDS =
  /^(?:self|none|unsafe-inline|unsafe-eval|strict-dynamic|report-sample|wasm-unsafe-eval|nonce-.*|sha\d+-.*)$/;

/** What is wrong with directives; each with its fix. */
export function directiveMistakes(directives: unknown): string[] {
  if (typeof directives !== 'object' || directives === null || Array.isArray(directives)) {
    return ["contentSecurityPolicy is neither false nor an object. Write { 'img-src': ['https://img.example'] }."];
  }
  return Object.entries(directives).flatMap(([name, sources]: [string, unknown]) => {
    if (!/^[a-z]+(?:-[a-z]+)*$/.test(name)) {
      return [`contentSecurityPolicy: ${JSON.stringify(name)} is not a directive. Write it as in 'img-src'.`];
    }
    if (sources === false) return [];
    if (!Array.isArray(sources)) return [`contentSecurityPolicy: ${name} is not a list. Write '${name}': ["'self'"].`];
    return sources.flatMap((source: unknown) => sourceMistakes(name, source));
  });
}

function sourceMistakes(directive: string, source: unknown): string[] {
  const place = `contentSecurityPolicy, ${directive}: ${JSON.stringify(source)}`;
  if (typeof source !== 'string' || !/^[!-+\-.-:<-~]+$/.test(source)) {
    return [`${place} is not one source. Write each as a text of its own, without spaces, commas and semicolons.`];
  }
  return KEYWORDS.test(source) ? [`${place} needs quotes, else it is the name of a host. Write "'${source}'".`] : [];
}
