import type { AppOptions } from '../app.js';
import type { PathOptions } from '../http/path-options.js';
import { joinPath, type PathPattern, parsePath } from '../routes/path-pattern.js';
import { type Class, nameOf } from './class.js';
import { isClass } from './is-class.js';
import { describeWrongImport, type Mistakes } from './mistakes.js';
import { controllerNameOf } from './named-routes.js';
import { type ChainLink, chainOf } from './records/controller-chain.js';
import type { MethodRecord } from './records/controller-record.js';
import { findRecord } from './records/find-record.js';
import { routeRecordsOf } from './records/route-records.js';
import { placeOfMethod, type RouteDeclaration } from './route.js';
import { addUnrouted, checkFormDecorators, checkReplyDecorators } from './unread-decorators.js';

/** Reads what the decorators of the controllers have recorded. Adds to `mistakes`, never throws. */
export function readControllers(
  options: Pick<AppOptions, 'controllers'> & PathOptions,
  mistakes: Mistakes,
): RouteDeclaration[] {
  const declarations: RouteDeclaration[] = [];
  if (!Array.isArray(options.controllers)) {
    mistakes
      .at({ option: 'controllers' })
      .add('controllers-not-a-list', 'it must be a list of classes. Write controllers: [HomeController].');
    return declarations;
  }
  if (options.controllers.length === 0) {
    mistakes
      .at({ option: 'controllers' })
      .add('no-controllers', 'the list is empty, so the app has no routes. Add a controller: [HomeController].');
  }
  options.controllers.forEach((type: Class | undefined, i) => {
    const entry = mistakes.at({ option: `controllers[${i}]` });
    if (typeof type !== 'function') {
      entry.add('not-a-class', describeWrongImport(type, 'class'));
    } else if (!isClass(type) && chainOf(type).length === 0) {
      entry.add(
        'not-a-class',
        'it is a function, not a class. Name the class itself; a decorator without parentheses on the class replaces it too.',
      );
    } else if (options.controllers.indexOf(type) !== i) {
      entry.add('duplicate-controller', `${nameOf(type)} is in the list already. Remove one.`);
    } else {
      checkName(type, options.controllers, i, mistakes);
      declarations.push(...readController(type, options, mistakes));
    }
  });
  return declarations;
}

/** Routes have names, such as `PostController.show`, which must lead to one of them. */
function checkName(type: Class, controllers: readonly Class[], index: number, mistakes: Mistakes): void {
  const name = controllerNameOf(type);
  const isTaken = controllers
    .slice(0, index)
    .some((other) => isClass(other) && controllerNameOf(other) === name && !isSameDeclaration(type, other));
  if (name === '' || !isTaken) return;
  mistakes
    .at({ controller: nameOf(type), decorator: '@Controller' })
    .add(
      'duplicate-name',
      `another controller is called "${name}", and names of routes such as "${name}.show" need one. Rename the class, or name it: @Controller('/path', { name: 'Other' }).`,
    );
}

/**
 * Whether two classes come from one place in the code, as those that a loop makes. They can only have one name, and nothing
 * leads to it: a name that is used has one controller.
 */
function isSameDeclaration(a: Class, b: Class): boolean {
  return (
    findRecord(a)?.name === undefined &&
    findRecord(b)?.name === undefined &&
    Function.prototype.toString.call(a) === Function.prototype.toString.call(b)
  );
}

/** What a class and its base classes have in common for all their routes. */
interface ControllerDeclaration {
  readonly type: Class;
  readonly prefix: string;
  readonly scope: 'singleton' | 'request';
}

function readController(type: Class, options: PathOptions, mistakes: Mistakes): RouteDeclaration[] {
  const chain = chainOf(type);
  for (const { record } of chain) mistakes.found.push(...record.mistakes);
  const own = chain.find(({ record }) => record.prefix !== undefined)?.record;
  if (own?.prefix === undefined) {
    mistakes
      .at({ controller: nameOf(type) })
      .add('not-a-controller', 'it is in the list of controllers, but has no @Controller() decorator. Add one.');
    return [];
  }
  const controller: ControllerDeclaration = {
    type,
    prefix: own.prefix,
    scope: own.scope,
  };
  const routed = routedMethodsOf(chain);
  checkUnrouted(chain, routed, mistakes);
  return [...routed].flatMap(([name, method]) => readMethod(controller, name, method, options, mistakes));
}

/** Decorators of a method without a route decorator apply to nothing, whatever its base or its override declares. */
function checkUnrouted(
  chain: readonly ChainLink[],
  routed: ReadonlyMap<string | symbol, RoutedMethod>,
  mistakes: Mistakes,
): void {
  chain.forEach(({ type, record }, depth) => {
    for (const [name, method] of record.methods) {
      if (method.routes.length > 0) continue;
      const ofMethod = mistakes.at(placeOfMethod(type, name));
      if (!isMethod(type.prototype as object, name)) {
        ofMethod.add('not-a-method', 'it is decorated, but is not a method. Decorate a method.');
        continue;
      }
      const route = routed.get(name);
      const isOverridden = chain.findIndex((link) => link.type === route?.declaredIn) < depth;
      addUnrouted(
        method,
        route === undefined ? 'new' : isOverridden ? 'overridden-by-route' : 'overrides-route',
        ofMethod,
      );
    }
  });
}

/** A method with routes, and the class whose decorators declare them. */
interface RoutedMethod {
  readonly declaredIn: Class;
  readonly record: MethodRecord;
}

function readMethod(
  controller: ControllerDeclaration,
  methodName: string | symbol,
  { declaredIn, record }: RoutedMethod,
  options: PathOptions,
  mistakes: Mistakes,
): RouteDeclaration[] {
  const { type, prefix, scope } = controller;
  const ofMethod = mistakes.at(placeOfMethod(type, methodName));
  if (!isMethod(type.prototype as object, methodName)) {
    ofMethod.add('not-a-method', 'it has a route, but is not a method. Decorate a method.');
    return [];
  }
  checkReplyDecorators(record, ofMethod);
  checkFormDecorators(record, ofMethod);
  const patterns: [method: string, pattern: PathPattern][] = [];
  let areAllValid = true;
  for (const { method, paths } of record.routes) {
    for (const path of paths) {
      try {
        patterns.push([method, parsePath(joinPath(prefix, path), options)]);
      } catch (error) {
        ofMethod.add('invalid-path', (error as Error).message);
        areAllValid = false;
      }
    }
  }
  const records = routeRecordsOf(type, declaredIn, methodName, record);
  const names = new Set(patterns.flatMap(([, { params }]) => params.map(({ name }) => name)));
  return patterns.map(([method, pattern]) => ({
    method,
    path: pattern.path,
    controller: type,
    declaredIn,
    methodName,
    pattern,
    methodParams: areAllValid ? names : undefined,
    records,
    scope,
  }));
}

/** Whether it is a method, and not a getter: those are never called here. */
function isMethod(prototype: object, name: string | symbol): boolean {
  for (let link: object | null = prototype; link !== null; link = Object.getPrototypeOf(link)) {
    const descriptor = Object.getOwnPropertyDescriptor(link, name);
    if (descriptor !== undefined) return typeof descriptor.value === 'function';
  }
  return false;
}

/**
 * The methods with routes. An override without route decorators keeps the base's routes and parameters whole; with any
 * it replaces both. Nothing is merged.
 */
function routedMethodsOf(chain: readonly ChainLink[]): Map<string | symbol, RoutedMethod> {
  const methods = new Map<string | symbol, RoutedMethod>();
  for (const { type, record } of chain) {
    for (const [name, method] of record.methods) {
      if (method.routes.length > 0 && !methods.has(name)) methods.set(name, { declaredIn: type, record: method });
    }
  }
  return methods;
}
