import { HttpError } from './http-error.js';

/** How deep names may lead, and how far lists may go. */
const MAX_DEPTH = 32;
const MAX_INDEX = 999;

type Tree = { [name: string]: unknown };

/**
 * Builds what dotted and bracketed names of a form mean: `address.city`, `tags[]`, `items[0].qty`. A record without
 * such names is given back as it is. There are no prototypes for names to reach.
 *
 * @throws HttpError 413 for names that lead too deep, or indexes that go too far
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

/** Makes lists of what has nothing but indexes, in their order, gaps closed. */
function compact(node: unknown): unknown {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return node;
  const tree = node as Tree & { [IS_LIST]?: boolean };
  const keys = Object.keys(tree);
  for (const key of keys) tree[key] = compact(tree[key]);
  const isList = tree[IS_LIST] === true && keys.every((key) => /^\d+$/.test(key));
  return isList ? keys.sort((a, b) => Number(a) - Number(b)).map((key) => tree[key]) : tree;
}
