import type { AppOptions } from '../app.js';
import type { Middleware } from '../http/middleware.js';
import { loadProxyTrace } from '../http/proxy-trace.lazy.js';
import { appChecks } from './app-checks.js';
import { type Class, isClass, nameOf } from './class.js';
import { type CheckedMiddleware, MIDDLEWARE_MISTAKES } from './middleware-mistakes.js';
import { describeWrongImport, type Mistakes } from './mistakes.js';
import { chainOf } from './records/controller-chain.js';
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
    const place = { ...placeOfMethod(controller, methodName), decorator: '@Use' };
    for (const use of records.uses) checkMiddleware(use, options, mistakes.at(place));
    const ofInterceptors = { ...place, decorator: '@UseInterceptor' };
    for (const each of records.interceptors ?? []) checkInterceptor(each, mistakes.at(ofInterceptors));
  }
  checkInterceptors(options, mistakes);
  checkAmount('timeout', options.timeout, mistakes, LONGEST_TIMER);
  checkAmount('maxErrors', options.maxErrors, mistakes);
  checkAmount('bodyLimit', options.bodyLimit, mistakes);
  checkProxies(options, mistakes);
  for (const check of appChecks) check(options, mistakes);
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
