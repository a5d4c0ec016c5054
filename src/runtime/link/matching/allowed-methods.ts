import { COMMON_METHODS } from '../../http/methods.js';
import type { TreeNode } from '../../plan/app-plan.js';
import type { Match } from './match.js';
import type { Ends, FindEnd, Search } from './search.js';

const UNKNOWN: Match<never> = { kind: 'unknown' };
const MALFORMED: Match<never> = { kind: 'malformed' };
/** What `OPTIONS *` matches: the server as a whole (RFC 9110 §9.3.7). */
const SERVER: Match<never> = { kind: 'methods', allowed: COMMON_METHODS };

/** What matches where the target is not a path. */
export function matchOfNoPath(method: string, target: string): Match<never> {
  return target === '*' && method === 'OPTIONS' ? SERVER : MALFORMED;
}

/** The methods of every path that a target matches, where none has a route for its own. @param findEnd searches the tree */
export function matchOfMethods(tree: TreeNode, search: Search, findEnd: FindEnd): Match<never> {
  const methods = new Set<string>();
  // None is chosen, so that the search goes on to every end.
  const choose = (ends: Ends) => addMethods(ends, methods);
  findEnd(tree, 0, { ...search, captures: [], choose });
  return methods.size === 0 ? UNKNOWN : { kind: 'methods', allowed: allowedMethods(methods) };
}

function addMethods(ends: Ends, methods: Set<string>): undefined {
  for (const each of Object.keys(ends)) {
    if (each === 'ALL') for (const common of COMMON_METHODS) methods.add(common);
    else methods.add(each);
  }
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
