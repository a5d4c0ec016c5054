import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { BindingIssue } from '../../http/errors/http-error.js';
import { pathOfIssue } from '../../types/standard-schema.js';
import { BindingFailure, joinIssuePath } from './binding-failure.js';

/** Validates a value with a schema: gives the schema's output, or a failure with its issues below `path`. */
export function applySchema(
  schema: StandardSchemaV1,
  value: unknown,
  location: BindingIssue['in'],
  path: string,
): unknown {
  const result = schema['~standard'].validate(value);
  // Any thenable, not only a Promise: it would pass for a result without issues.
  return 'then' in result
    ? Promise.resolve(result).then((settled) => outcomeOf(settled, location, path))
    : outcomeOf(result, location, path);
}

function outcomeOf(result: StandardSchemaV1.Result<unknown>, location: BindingIssue['in'], path: string): unknown {
  if (result.issues === undefined) return result.value;
  return new BindingFailure(
    result.issues.map((issue) => ({
      in: location,
      path: joinIssuePath(path, pathOfIssue(issue.path)),
      message: issue.message,
    })),
  );
}
