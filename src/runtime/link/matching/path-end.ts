import { COMMON_METHODS } from '../../http/methods.js';
import type { PathEnd, TreeNode } from '../../plan/app-plan.js';
import { loadAllowedMethods } from './allowed-methods.lazy.js';
import type { Search } from './search.js';

type Ends = NonNullable<TreeNode['ends']>;

/** The end for the method of a search: the method's own, else GET's for HEAD, else that of `@All`. */
export function endAt(ends: Ends, { method, allowed }: Search): PathEnd | undefined {
  if (allowed !== undefined) {
    loadAllowedMethods().addMethods(ends, allowed);
    return undefined;
  }
  // A client may call its method `ALL`, or `constructor`, which every object has.
  const own = method === 'ALL' ? undefined : ends[method];
  if (typeof own === 'number' || Array.isArray(own)) return own;
  return (method === 'HEAD' ? ends['GET'] : undefined) ?? (COMMON_METHODS.includes(method) ? ends['ALL'] : undefined);
}
