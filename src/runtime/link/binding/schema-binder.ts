import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { BindingIssue } from '../../http/http-error.js';
import { pathOfIssue } from '../../types/standard-schema.js';
import { BindingFailure } from './binding-failure.js';

/** Puts a value through a schema: what it makes of it, or its issues as ours, below `path`. */
export function applySchema(schema: StandardSchemaV1, value: unknown, part: BindingIssue['in'], path: string): unknown {
  const result = schema['~standard'].validate(value);
  // Not only a Promise of ours: anything else would pass for a value without issues.
  return 'then' in result
    ? Promise.resolve(result).then((settled) => outcomeOf(settled, part, path))
    : outcomeOf(result, part, path);
}

function outcomeOf(result: StandardSchemaV1.Result<unknown>, part: BindingIssue['in'], path: string): unknown {
  if (result.issues === undefined) return result.value;
  return new BindingFailure(
    result.issues.map((issue) => ({
      in: part,
      path: joinPlace(path, pathOfIssue(issue.path)),
      message: issue.message,
    })),
  );
}

/** One way after another: `items` and `[0].name` give `items[0].name`. */
export function joinPlace(path: string, rest: string): string {
  if (path === '' || rest === '') return path + rest;
  return rest.startsWith('[') ? path + rest : `${path}.${rest}`;
}
