import { refuseBody } from './refuse-body.js';

/** The most parts of a name. */
const MAX_DEPTH = 32;

type Tree = { [name: string]: unknown };

/**
 * Builds the objects and lists that dotted and bracketed names of a form describe: `address.city`, `tags[]`,
 * `items[0].qty`. A record without such names is returned as it is. The objects have no prototype that a name could reach.
 *
 * `qty[7]` may be an item of a list or a key of a `Map`: the declared type decides, so it stays an object with the name
 * `7` until then (see {@link listOf} and {@link withLists}).
 *
 * @throws HttpError 413 for a name with too many parts
 */
export function nestNames(record: Readonly<Record<string, string | string[]>>): Record<string, unknown> {
  const names = Object.keys(record);
  if (!names.some((name) => /[.[]/.test(name))) return record;
  const root: Tree = Object.create(null);
  for (const name of names) {
    const path = partsOfName(name);
    if (path.length > MAX_DEPTH) throw refuseBody(413, `The form has a name of more than ${MAX_DEPTH} parts`);
    put(root, path, record[name]!);
  }
  return root;
}

/** `items[0].qty` as `items`, `0`, `qty`; a name that is not of this form is one part. */
export function partsOfName(name: string): string[] {
  if (!/^[^.[\]]+(?:\.[^.[\]]+|\[[^.[\]]*\])*$/.test(name)) return [name];
  return name.replaceAll(']', '').split(/[.[]/);
}

function put(root: Tree, path: readonly string[], value: string | string[]): void {
  let node = root;
  path.forEach((key, i) => {
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

/** The list that an object of a form is: one whose names are all indexes, in their order, without gaps. Else undefined. */
export function listOf(value: unknown): unknown[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const keys = Object.keys(value);
  if (keys.length === 0 || !keys.every((key) => /^\d+$/.test(key))) return undefined;
  return keys.sort((a, b) => Number(a) - Number(b)).map((key) => (value as Tree)[key]);
}

/** The values of a form where no type is declared: objects whose names are all indexes are lists, at every depth. */
export function withLists(form: unknown): unknown {
  if (typeof form !== 'object' || form === null || Array.isArray(form)) return form;
  const tree = form as Tree;
  for (const key of Object.keys(tree)) {
    const value = withLists(tree[key]);
    tree[key] = listOf(value) ?? value;
  }
  return tree;
}
