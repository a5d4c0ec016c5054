import type { AppOptions } from '../app.js';
import { joinPath, type PathOptions, type PathPattern, parsePath } from '../routes/path-pattern.js';
import { type Class, nameOf } from './class.js';
import { type ControllerRecord, findRecord, type MethodRecord } from './controller-record.js';
import { type RouteDeclaration, type RouteParam, readRest, readText } from './route.js';

/** A class and its base classes, most derived first, as far as decorators wrote on them. */
interface Chain {
  readonly type: Class;
  readonly links: readonly { readonly type: Class; readonly record: ControllerRecord }[];
}

/** Reads what the decorators wrote on the controllers. What is wrong is pushed to `mistakes`, never thrown. */
export function readControllers(
  options: Pick<AppOptions, 'controllers'> & PathOptions,
  mistakes: string[],
): RouteDeclaration[] {
  const declarations: RouteDeclaration[] = [];
  if (!Array.isArray(options.controllers)) {
    mistakes.push('defineApp: "controllers" is not a list. Pass the classes: controllers: [HomeController].');
    return declarations;
  }
  options.controllers.forEach((type: Class | undefined, i) => {
    if (typeof type !== 'function') {
      mistakes.push(
        `defineApp: controllers[${i}] is ${type === undefined ? 'undefined' : `a ${typeof type}`}, not a class. ` +
          'Where it is imported, check the name, and whether two files import each other.',
      );
    } else if (options.controllers.indexOf(type) !== i) {
      mistakes.push(`defineApp: ${nameOf(type)} stands twice among the controllers. Remove one.`);
    } else {
      declarations.push(...readController(type, options, mistakes));
    }
  });
  return declarations;
}

function readController(type: Class, options: PathOptions, mistakes: string[]): RouteDeclaration[] {
  const chain = chainOf(type);
  for (const { record } of chain.links) mistakes.push(...record.mistakes);
  const prefix = chain.links.find(({ record }) => record.prefix !== undefined)?.record.prefix;
  if (prefix === undefined) {
    mistakes.push(`${nameOf(type)}: it is among the controllers, but not decorated with @Controller(). Add it.`);
    return [];
  }
  const classUses = chain.links.toReversed().flatMap(({ record }) => record.uses);
  const classMetadata = chain.links.toReversed().flatMap(({ record }) => [...record.metadata]);
  const { scope } = chain.links.find(({ record }) => record.prefix !== undefined)!.record;
  const declarations: RouteDeclaration[] = [];
  const routed = methodsOf(chain);
  for (const name of new Set(chain.links.flatMap(({ record }) => [...record.methods.keys()]))) {
    if (!routed.has(name)) {
      mistakes.push(`${nameOf(type)}.${String(name)}: it is decorated, but has no route. Add one, such as @Get().`);
    }
  }
  for (const [methodName, { declaredIn, record }] of routed) {
    const where = `${nameOf(type)}.${String(methodName)}`;
    if (!isMethod(type.prototype as object, methodName)) {
      mistakes.push(`${where}: it has a route, but is not a method. Decorate a method.`);
      continue;
    }
    for (const route of record.routes) {
      for (const path of route.paths) {
        let pattern: PathPattern;
        try {
          pattern = parsePath(joinPath(prefix, path), options);
        } catch (error) {
          mistakes.push(`${where}: ${(error as Error).message}`);
          continue;
        }
        declarations.push({
          method: route.method,
          path: pattern.path,
          controller: type,
          declaredIn,
          methodName,
          pattern,
          params: pattern.params.map(toRouteParam),
          record,
          uses: [...classUses, ...record.uses],
          metadata: new Map([...classMetadata, ...record.metadata]),
          scope,
        });
      }
    }
  }
  return declarations;
}

/** Whether it is a method, and no getter, which may do anything when it is looked at. */
function isMethod(prototype: object, name: string | symbol): boolean {
  for (let link: object | null = prototype; link !== null; link = Object.getPrototypeOf(link)) {
    const descriptor = Object.getOwnPropertyDescriptor(link, name);
    if (descriptor !== undefined) return typeof descriptor.value === 'function';
  }
  return false;
}

function toRouteParam(param: PathPattern['params'][number]): RouteParam {
  return { ...param, read: param.kind === 'rest' ? readRest : readText };
}

function chainOf(type: Class): Chain {
  const links: { type: Class; record: ControllerRecord }[] = [];
  for (let link: unknown = type; typeof link === 'function' && link !== Function.prototype; ) {
    const record = findRecord(link);
    if (record !== undefined) links.push({ type: link as Class, record });
    link = Object.getPrototypeOf(link);
  }
  return { type, links };
}

/**
 * The methods with routes. An override without route decorators keeps the base's routes and parameters whole; with any
 * it replaces both. Nothing is merged.
 */
function methodsOf(chain: Chain): Map<string | symbol, { declaredIn: Class; record: MethodRecord }> {
  const methods = new Map<string | symbol, { declaredIn: Class; record: MethodRecord }>();
  for (const { type, record } of chain.links) {
    for (const [name, method] of record.methods) {
      if (method.routes.length > 0 && !methods.has(name)) methods.set(name, { declaredIn: type, record: method });
    }
  }
  return methods;
}
