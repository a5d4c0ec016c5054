import type { StandardSchemaV1 } from '@standard-schema/spec';

/** Whether this is a schema of Zod, Valibot, ArkType or any other library that implements https://standardschema.dev. */
export function isSchema(type: unknown): type is StandardSchemaV1 {
  return (
    (typeof type === 'object' || typeof type === 'function') &&
    type !== null &&
    '~standard' in type &&
    typeof (type as StandardSchemaV1)['~standard'].validate === 'function'
  );
}

/** The path of an issue as text, such as `items[0].name`. */
export function pathOfIssue(path: StandardSchemaV1.Issue['path']): string {
  let joined = '';
  for (const segment of path ?? []) {
    const key = typeof segment === 'object' ? segment.key : segment;
    if (typeof key === 'number') joined += `[${key}]`;
    else joined += joined === '' ? String(key) : `.${String(key)}`;
  }
  return joined;
}
