import type { AppOptions } from '../app.js';
import type { Middleware } from '../http/middleware.js';
import { loadProxyTrace } from '../http/origin/proxy-trace.lazy.js';
import { isOrigin, originMistake } from '../http/origin/public-origin.js';
import type { RouteCheck } from '../views/view-engine.js';
import { appChecks } from './app-checks.js';
import { type Class, nameOf } from './class.js';
import { checkErrorViews } from './error-views.js';
import { isClass } from './is-class.js';
import { type CheckedMiddleware, MIDDLEWARE_MISTAKES } from './middleware-mistakes.js';
import { describeWrongImport, type Mistakes } from './mistakes.js';
import { findNameMistake } from './named-routes.js';
import { chainOf } from './records/controller-chain.js';
import { decoratorOfUse } from './records/middleware-role.js';
import { placeOfMethod, type RouteDeclaration } from './route.js';

/** Checks the options of an app, and the middleware of its routes. Adds what is wrong to `mistakes`. */
export function checkAppOptions(
  options: Readonly<AppOptions>,
  declarations: readonly RouteDeclaration[],
  mistakes: Mistakes,
): void {
  checkConstructors(options, mistakes);
  options.use?.forEach((use, i) => {
    checkMiddleware(use, options, mistakes.at({ option: `use[${i}]` }));
  });
  for (const { controller, methodName, records } of declarations) {
    const place = { ...placeOfMethod(controller, methodName) };
    for (const use of records.uses)
      checkMiddleware(use, options, mistakes.at({ ...place, decorator: decoratorOfUse(use) }));
    const ofInterceptors = { ...place, decorator: '@UseInterceptor' };
    for (const each of records.interceptors ?? []) checkInterceptor(each, mistakes.at(ofInterceptors));
  }
  checkInterceptors(options, mistakes);
  checkAmount('timeout', options.timeout, mistakes, LONGEST_TIMER);
  checkAmount('maxErrors', options.maxErrors, mistakes);
  checkAmount('bodyLimit', options.bodyLimit, mistakes);
  checkProxies(options, mistakes);
  checkPublicOrigin(options, mistakes);
  checkCsrf(options, mistakes);
  const checkRoute: RouteCheck = (name, given) => findNameMistake(options.controllers, name, given);
  checkErrorViews(options, mistakes, checkRoute);
  for (const check of appChecks) check(options, mistakes, checkRoute);
}

function checkConstructors({ resolve, controllers }: Readonly<AppOptions>, mistakes: Mistakes): void {
  if (resolve !== undefined || !Array.isArray(controllers)) return;
  for (const type of new Set<unknown>(controllers)) {
    if (typeof type === 'function' && type.length > 0 && (isClass(type) || chainOf(type as Class).length > 0)) {
      mistakes
        .at({ controller: nameOf(type) })
        .add(
          'constructor-needs-resolve',
          'its constructor has parameters, and the app has no "resolve". Pass one to defineApp, such as (type) => container.get(type).',
        );
    }
  }
}

function checkMiddleware(use: Middleware, app: Readonly<AppOptions>, mistakes: Mistakes): void {
  // Where two files import each other, an imported middleware can still be undefined when the decorator runs.
  if (typeof use !== 'function') mistakes.add('middleware-not-a-function', describeWrongImport(use, 'function'));
  else
    for (const found of (use as Partial<CheckedMiddleware>)[MIDDLEWARE_MISTAKES]?.(app) ?? [])
      mistakes.add('invalid-option', found);
}

/** The longest time that Node's timers can wait, in milliseconds; a longer one fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

function checkInterceptors({ interceptors }: Readonly<AppOptions>, mistakes: Mistakes): void {
  if (interceptors === undefined) return;
  if (!Array.isArray(interceptors)) {
    mistakes
      .at({ option: 'interceptors' })
      .add('invalid-option', 'it must be a list of functions. Write interceptors: [envelope].');
    return;
  }
  interceptors.forEach((each, i) => {
    checkInterceptor(each, mistakes.at({ option: `interceptors[${i}]` }));
  });
}

function checkInterceptor(interceptor: unknown, mistakes: Mistakes): void {
  if (typeof interceptor === 'function') return;
  mistakes.add('interceptor-not-a-function', describeWrongImport(interceptor, 'function'));
}

function checkAmount(name: string, value: unknown, mistakes: Mistakes, most = Number.POSITIVE_INFINITY): void {
  if (value === undefined || (typeof value === 'number' && value >= 1 && value <= most)) return;
  const range = most === Number.POSITIVE_INFINITY ? 'from 1 on' : `from 1 to ${most}`;
  mistakes
    .at({ option: name })
    .add('invalid-option', `${value} is not a number ${range}. Correct it, or leave it out.`);
}

function checkProxies({ trustProxy }: Readonly<AppOptions>, mistakes: Mistakes): void {
  if (!trustProxy || trustProxy === true) return;
  const mistake = loadProxyTrace().trustMistake(trustProxy);
  if (mistake !== undefined) mistakes.at({ option: 'trustProxy' }).add('invalid-option', mistake);
}

function checkPublicOrigin({ publicOrigin }: Readonly<AppOptions>, mistakes: Mistakes): void {
  if (publicOrigin === undefined || typeof publicOrigin === 'function' || isOrigin(publicOrigin)) return;
  mistakes.at({ option: 'publicOrigin' }).add('invalid-option', originMistake(publicOrigin));
}

function checkCsrf({ csrf }: Readonly<AppOptions>, mistakes: Mistakes): void {
  if (csrf === undefined || csrf === false) return;
  const trusted: unknown = (csrf as { trustedOrigins?: unknown } | null)?.trustedOrigins ?? [];
  const place = mistakes.at({ option: 'csrf' });
  if (typeof csrf !== 'object' || csrf === null || !Array.isArray(trusted)) {
    place.add(
      'invalid-option',
      "it is neither false nor { trustedOrigins: ['https://example.com'] }. Write one of them.",
    );
    return;
  }
  for (const origin of trusted) {
    if (typeof origin === 'string' && !origin.includes('*') && (isOrigin(origin) || isAppOrigin(origin))) continue;
    place.add(
      'invalid-option',
      `${JSON.stringify(origin)} in trustedOrigins is not an origin. Write scheme and host alone, such as 'https://example.com'; there are no wildcards.`,
    );
  }
}

/** Whether this is the origin of a page that is part of an app on a phone or a desktop, such as `capacitor://localhost`. */
function isAppOrigin(text: string): boolean {
  return /^(?!https?:|file:)[a-z][a-z\d+.-]*:\/\/[a-z\d.-]+(?::\d+)?$/.test(text);
}
