import { HttpError } from './http-error.js';

/** The most parts of a name, and the highest index of a list. */
const MAX_DEPTH = 32;
const MAX_INDEX = 999;

type Tree = { [name: string]: unknown };

/**
 * Builds the objects and lists that dotted and bracketed names of a form describe: `address.city`, `tags[]`,
 * `items[0].qty`. A record without such names is returned as it is. The objects have no prototype that a name could reach.
 *
 * @throws HttpError 413 for a name with too many parts, or an index that is too high
 */
export function nestNames(record: Readonly<Record<string, string | string[]>>): Record<string, unknown> {
  const names = Object.keys(record);
  if (!names.some((name) => /[.[]/.test(name))) return record;
  const root: Tree = Object.create(null);
  for (const name of names) {
    const path = pathOf(name);
    if (path.length > MAX_DEPTH) throw new HttpError(413, `The form has a name of more than ${MAX_DEPTH} parts`);
    put(root, path, record[name]!);
  }
  return compact(root) as Tree;
}

/** `items[0].qty` as `items`, `0`, `qty`; a name that is not of this form is one part. */
function pathOf(name: string): string[] {
  if (!/^[^.[\]]+(?:\.[^.[\]]+|\[[^.[\]]*\])*$/.test(name)) return [name];
  return name.replaceAll(']', '').split(/[.[]/);
}

const IS_LIST = Symbol('list');

function put(root: Tree, path: readonly string[], value: string | string[]): void {
  let node = root;
  path.forEach((key, i) => {
    if (/^\d+$/.test(key) && i > 0) {
      if (Number(key) > MAX_INDEX) throw new HttpError(413, `The form has a list of more than ${MAX_INDEX + 1} items`);
      (node as { [IS_LIST]?: boolean })[IS_LIST] ??= Object.keys(node).length === 0;
    }
    if (i === path.length - 1) {
      // `tags[]` is the list itself.
      if (key !== '' && node[key] === undefined) node[key] = value;
      return;
    }
    if (path[i + 1] === '' && i + 2 === path.length) {
      node[key] = [...(Array.isArray(node[key]) ? (node[key] as string[]) : []), ...[value].flat()];
      return;
    }
    const next = node[key];
    if (typeof next !== 'object' || next === null || Array.isArray(next)) node[key] = Object.create(null);
    node = node[key] as Tree;
  });
}

/** Turns objects whose names are all indexes into lists, in the order of the indexes, without gaps. */
function compact(node: unknown): unknown {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return node;
  const tree = node as Tree & { [IS_LIST]?: boolean };
  const keys = Object.keys(tree);
  for (const key of keys) tree[key] = compact(tree[key]);
  const isList = tree[IS_LIST] === true && keys.every((key) => /^\d+$/.test(key));
  return isList ? keys.sort((a, b) => Number(a) - Number(b)).map((key) => tree[key]) : tree;
}
