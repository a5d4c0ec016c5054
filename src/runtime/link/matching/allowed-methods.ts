import { COMMON_METHODS } from '../../http/methods.js';
import type { TreeNode } from '../../plan/app-plan.js';

/** Adds the methods of the ends of a path. */
export function addMethods(ends: NonNullable<TreeNode['ends']>, methods: Set<string>): void {
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
