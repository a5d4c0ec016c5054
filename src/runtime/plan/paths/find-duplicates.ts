import { nameOf } from '../../declarations/class.js';
import type { Mistakes } from '../../declarations/mistakes.js';
import { placeOfMethod, type RouteDeclaration } from '../../declarations/route.js';

/**
 * Finds duplicate routes: the same method and shape, whatever their parameters are called; optional groups are expanded
 * first.
 */
export function findDuplicates(declarations: readonly RouteDeclaration[], mistakes: Mistakes): void {
  const seen = new Map<string, RouteDeclaration>();
  for (const declaration of declarations) {
    const { method, path } = declaration;
    const ofMethod = mistakes.at(placeOfMethod(declaration.controller, declaration.methodName));
    for (const { shape } of declaration.pattern.variants) {
      const key = `${method} ${shape}`;
      const other = seen.get(key);
      if (other === undefined) {
        seen.set(key, declaration);
      } else if (other === declaration) {
        ofMethod.add(
          'ambiguous-path',
          `two readings of the optional groups in ${path} match the same requests. Split it into several paths.`,
        );
      } else {
        const otherPlace = `${nameOf(other.controller)}.${String(other.methodName)}`;
        ofMethod.add(
          'duplicate-route',
          `${method} ${path} matches the same requests as ${other.method} ${other.path} (${otherPlace}). Change the path or the method of one.`,
        );
      }
    }
  }
}
