import type { AppOptions } from '../app.js';
import { nameOf } from './class.js';
import type { RouteDeclaration } from './route.js';

/** Checks the options of an app, and the middleware of its routes. Pushes what is wrong to `mistakes`. */
export function checkAppOptions(
  options: Readonly<AppOptions>,
  declarations: readonly RouteDeclaration[],
  mistakes: string[],
): void {
  checkConstructors(options, mistakes);
  checkMiddleware('defineApp, use', options.use ?? [], mistakes);
  for (const { controller, methodName, uses } of declarations) {
    checkMiddleware(`${nameOf(controller)}.${String(methodName)}, @Use`, uses, mistakes);
  }
  checkPositive('timeout', options.timeout, LONGEST_TIMER, 'milliseconds', mistakes);
  checkPositive('bodyLimit', options.bodyLimit, Number.POSITIVE_INFINITY, 'bytes', mistakes);
}

function checkConstructors({ resolve, controllers }: Readonly<AppOptions>, mistakes: string[]): void {
  if (resolve !== undefined || !Array.isArray(controllers)) return;
  for (const type of new Set<unknown>(controllers)) {
    if (typeof type === 'function' && type.length > 0) {
      mistakes.push(
        `${nameOf(type)}: its constructor has parameters. Give defineApp a "resolve" that creates it, such as (type) => container.get(type).`,
      );
    }
  }
}

/** Where two files import each other, an imported middleware can still be undefined when the decorator runs. */
function checkMiddleware(where: string, uses: readonly unknown[], mistakes: string[]): void {
  uses.forEach((use, i) => {
    if (typeof use === 'function') return;
    mistakes.push(
      `${where}: middleware ${i + 1} is ${use === undefined ? 'undefined' : `a ${typeof use}`}, not a function. If it is imported, check its name, and whether two files import each other.`,
    );
  });
}

/** The longest time that Node's timers can wait, in milliseconds; a longer one fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

function checkPositive(name: string, value: number | undefined, most: number, unit: string, mistakes: string[]): void {
  if (value === undefined || (value > 0 && value <= most)) return;
  mistakes.push(`defineApp, ${name}: ${value} is not a number of ${unit} above 0. Correct it, or leave it out.`);
}
