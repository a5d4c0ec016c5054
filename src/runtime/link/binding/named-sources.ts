import { paramValuesOf } from '../../http/request-access.js';
import type { NamedSource, NamedValue } from './named-source.js';
import { bindNothing, type Parameter } from './parameter.js';

/** `@Param`: the parameters of the path. */
export const PATH: NamedSource = {
  location: 'path',
  readWhole: (request) => request.params,
  find: findPathParameter,
};

/** `@Query`: the values of the query string. */
export const QUERY: NamedSource = {
  location: 'query',
  isOptionalByDefault: true,
  readWhole: (request) => request.query,
  find: (name) => ({
    name,
    readFirst: (request) => request.queryValues.get(name)?.[0],
    readAll: (request) => request.queryValues.get(name),
  }),
};

/** `@Headers`: the header fields, their names in any case. */
export const HEADERS: NamedSource = {
  location: 'header',
  isOptionalByDefault: true,
  // Every client sends headers that no class declares.
  hasForeignNames: true,
  ignoresCase: true,
  readWhole: (request) => ({ ...request.headers }),
  find: (anyCase) => {
    const name = anyCase.toLowerCase();
    return {
      name,
      readFirst: (request) => request.headers[name],
      readAll: (request) => splitList(request.headers[name]),
    };
  },
};

/** `@Cookie`: the cookies. */
export const COOKIE: NamedSource = {
  location: 'cookie',
  isOptionalByDefault: true,
  // Other apps of the same domain set cookies that no class declares.
  hasForeignNames: true,
  readWhole: (request) => ({ ...request.cookies }),
  find: (name) => ({
    name,
    readFirst: (request) => request.cookies[name],
    readAll: (request) => {
      const value = request.cookies[name];
      return value === undefined ? undefined : [value];
    },
  }),
};

function findPathParameter(name: string, { route, mistakes, record }: Parameter): NamedValue | undefined {
  const index = route.params.findIndex((param) => param.name === name);
  if (index === -1) {
    // Where a method has several paths, one of them may lack what the others have.
    if (route.methodParams?.has(name) ?? true) {
      return { name, readFirst: bindNothing, readAll: bindNothing };
    }
    const known = route.params.map((param) => `"${param.name}"`).join(', ');
    mistakes.add(
      'unknown-path-parameter',
      `the path ${route.path} has no parameter "${name}"${known === '' ? '' : `, only ${known}`}. Correct the name or the path.`,
    );
    return undefined;
  }
  const param = route.params[index]!;
  return {
    name,
    isOptional: param.isOptional && record.hasDefault,
    readFirst: (request) => param.read(paramValuesOf(request)[index]),
    readAll: (request) => {
      const value = paramValuesOf(request)[index];
      if (value === undefined) return undefined;
      return param.kind === 'rest' ? (value as readonly string[]).map(decodeURIComponent) : [value as string];
    },
  };
}

/** The items of a list field (RFC 9110 §5.6.1): between commas outside of quotes, empty ones left out. */
function splitList(value: string | undefined): string[] | undefined {
  return value
    ?.match(/(?:[^,"]|"(?:[^"\\]|\\[\s\S])*"?)+/g)
    ?.map((item) => item.trim())
    .filter((item) => item !== '');
}
