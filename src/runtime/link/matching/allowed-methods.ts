import { COMMON_METHODS } from '../../http/methods.js';
import type { PathEnd, TreeNode } from '../../plan/app-plan.js';
import type { LiveNode } from './live-node.js';
import type { Match } from './match.js';
import type { Search } from './search.js';

const UNKNOWN: Match<never> = { kind: 'unknown' };

/** Adds the methods of the ends of a path. */
export function addMethods(ends: NonNullable<TreeNode['ends']>, methods: Set<string>): void {
  for (const each of Object.keys(ends)) {
    if (each === 'ALL') for (const common of COMMON_METHODS) methods.add(common);
    else methods.add(each);
  }
}

/** The methods of every path that a target matches, where none has a route for its own. @param findEnd searches the tree */
export function matchOfMethods(
  root: LiveNode,
  search: Search,
  findEnd: (node: LiveNode, at: number, search: Search) => PathEnd | undefined,
): Match<never> {
  const methods = new Set<string>();
  findEnd(root, 0, { ...search, captures: [], allowed: methods });
  return methods.size === 0 ? UNKNOWN : { kind: 'methods', allowed: allowedMethods(methods) };
}

/** All methods that a path with these allows, for `Allow`. */
export function allowedMethods(methods: Set<string>): readonly string[] {
  if (methods.has('GET')) methods.add('HEAD');
  methods.add('OPTIONS');
  return [
    ...COMMON_METHODS.filter((method) => methods.has(method)),
    ...[...methods].filter((method) => !COMMON_METHODS.includes(method)).sort(),
  ];
}
