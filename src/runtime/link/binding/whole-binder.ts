import { type Class, nameOf } from '../../declarations/class.js';
import type { HttpRequest } from '../../http/http-request.js';
import { isSchema } from '../../types/standard-schema.js';
import { textTypeOf } from '../../types/text-types.js';
import { bindDto } from './dto-binder.js';
import { type Binder, DECORATORS, NEVER, PARTS, type Parameter } from './parameter.js';
import { applySchema } from './schema-binder.js';

type ReadAll = (request: HttpRequest) => Record<string, unknown>;

const READERS: Partial<Record<string, ReadAll>> = {
  param: (request) => request.params,
  query: (request) => request.query,
  headers: (request) => ({ ...request.headers }),
  cookie: (request) => ({ ...request.cookies }),
};

/** Makes the binder of a parameter without a name: the whole path, query, headers or cookies. */
export function createWholeBinder(parameter: Parameter): Binder {
  const { record, type } = parameter;
  const read = READERS[record.source]!;
  const part = PARTS[record.source];
  if (isSchema(type)) return (request) => applySchema(type, read(request), part, '');
  if (type === undefined || type === Object) return read;
  if (typeof type !== 'function' || type === Array || textTypeOf(type) !== undefined) {
    const name = Array.isArray(type) ? 'list' : nameOf(type);
    parameter.complain(
      `without a name it gives the whole, which is no ${name}. Name the value: ${DECORATORS[record.source]}('name').`,
    );
    return NEVER;
  }
  // Every client sends headers and cookies that no class declares.
  const unknownProperties =
    record.source === 'headers' || record.source === 'cookie' ? 'strip' : parameter.unknownProperties;
  const bind = bindDto(parameter, type as Class, { source: 'text', unknownProperties });
  return bind === undefined ? NEVER : (request) => bind(read(request), part, '');
}
