import type { AppOptions } from '../app.js';
import { nameOf } from './class.js';
import { describeWrongImport, type MistakePlace, type Mistakes } from './mistakes.js';
import { placeOfMethod, type RouteDeclaration } from './route.js';

/** Checks the options of an app, and the middleware of its routes. Adds what is wrong to `mistakes`. */
export function checkAppOptions(
  options: Readonly<AppOptions>,
  declarations: readonly RouteDeclaration[],
  mistakes: Mistakes,
): void {
  checkConstructors(options, mistakes);
  options.use?.forEach((use, i) => {
    checkMiddleware(use, { option: `use[${i}]` }, mistakes);
  });
  for (const { controller, methodName, uses } of declarations) {
    const place = { ...placeOfMethod(controller, methodName), decorator: '@Use' };
    for (const use of uses) checkMiddleware(use, place, mistakes);
  }
  checkPositive('timeout', options.timeout, LONGEST_TIMER, 'milliseconds', mistakes);
  checkPositive('bodyLimit', options.bodyLimit, Number.POSITIVE_INFINITY, 'bytes', mistakes);
}

function checkConstructors({ resolve, controllers }: Readonly<AppOptions>, mistakes: Mistakes): void {
  if (resolve !== undefined || !Array.isArray(controllers)) return;
  for (const type of new Set<unknown>(controllers)) {
    if (typeof type === 'function' && type.length > 0) {
      mistakes
        .at({ controller: nameOf(type) })
        .add(
          'constructor-needs-resolve',
          'its constructor has parameters, and the app has no "resolve". Pass one to defineApp, such as (type) => container.get(type).',
        );
    }
  }
}

/** Where two files import each other, an imported middleware can still be undefined when the decorator runs. */
function checkMiddleware(use: unknown, place: MistakePlace, mistakes: Mistakes): void {
  if (typeof use === 'function') return;
  mistakes.at(place).add('middleware-not-a-function', describeWrongImport(use, 'function'));
}

/** The longest time that Node's timers can wait, in milliseconds; a longer one fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

function checkPositive(name: string, value: number | undefined, most: number, unit: string, mistakes: Mistakes): void {
  if (value === undefined || (value > 0 && value <= most)) return;
  mistakes
    .at({ option: name })
    .add('invalid-option', `${value} is not a number of ${unit} above 0. Correct it, or leave it out.`);
}
