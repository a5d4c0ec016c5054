/** Whether a value is an object and not a list, as events and their parts are. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A map of names to single values; hand-made events may leave out anything. */
export type SingleValues = Readonly<Record<string, string | undefined>> | null | undefined;

/** The names of fields, and how each must be where it is there: of a type of `typeof`, or what a function says. */
export type FieldTypes = Readonly<Record<string, 'string' | 'boolean' | ((value: unknown) => boolean)>>;

/** Finds the first field of a wrong type, in the order of the types; a field may be missing or null. */
export function wrongFieldIn(holder: Record<string, unknown>, types: FieldTypes): string | undefined {
  for (const name in types) {
    const type = types[name]!;
    const value = holder[name] ?? undefined;
    if (value !== undefined && !(typeof type === 'string' ? typeof value === type : type(value))) return name;
  }
  return undefined;
}

/** Whether a value is a map of texts, some of them absent. */
export function isTextMap(value: unknown): boolean {
  if (!isObject(value)) return false;
  // Objects of JSON inherit no members to see here, and no list of their names is made.
  for (const name in value) if (typeof (value[name] ?? '') !== 'string') return false;
  return true;
}

/** Whether a value is a list of texts. */
export function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** The names and values of a map, in one flat list. */
export function flatten(fields: SingleValues): string[] {
  const flat: string[] = [];
  if (fields === null || fields === undefined) return flat;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value !== undefined && value !== null) flat.push(name, String(value));
  }
  return flat;
}

/** A query string of names and values that are encoded. */
export function joinQuery(flat: readonly string[]): string {
  const pairs: string[] = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push(`${flat[i]}=${flat[i + 1]}`);
  return pairs.join('&');
}

/**
 * The path of an HTTP API without its stage: a named stage comes first in the path, behind a custom domain as well. Empty
 * for the stage alone.
 *
 * @param stage absent in hand-made events
 */
export function withoutStage(path: string, stage: string | null | undefined): string {
  if (typeof stage !== 'string' || stage === '$default' || !path.startsWith(`/${stage}`)) return path;
  const rest = path.slice(stage.length + 1);
  return rest === '' || rest[0] === '/' ? rest : path;
}
