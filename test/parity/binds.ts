import {
  Body,
  Cookie,
  createParam,
  Headers,
  type HttpRequest,
  Param,
  Query,
  Req,
  UploadedFile,
  UploadedFiles,
} from 'twodoors';
import type { NamedParam } from './table-spec.js';
import { CreateThing, ThingQuery } from './thing.js';

/** The name of a way to bind a value. */
export type BindName = keyof typeof BINDS;

/** One parameter of a handler. */
export interface BindSpec {
  bind: BindName;
  /** Which of the path's parameters, where it is one. */
  index: number;
  optional: boolean;
}

type Make = (params: readonly NamedParam[], spec: BindSpec) => ParameterDecorator | undefined;

function ofPath(type: unknown): Make {
  return (params, { index, optional }) => {
    const param = params[index % params.length];
    return param === undefined ? undefined : Param(param.name, type, { optional });
  };
}

const FromHeader = createParam((request: HttpRequest) => request.header('X-A') ?? null);
const Later = createParam(async (request: HttpRequest) => request.cookies['c'] ?? 'no cookie');
const Picky = createParam((request: HttpRequest) => {
  if (request.query['q'] === 'one') throw Object.assign(new Error('not one'), { status: 409 });
  return request.queryValues.get('q')?.length ?? 0;
});

/** Every way to bind a value; undefined where the route has nothing to bind so. */
export const BINDS = {
  'path string': ofPath(String),
  'path number': ofPath(Number),
  'path boolean': ofPath(Boolean),
  'path date': ofPath(Date),
  'path list': ofPath([String]),
  'path record': (params) => (params.length === 0 ? undefined : Param(Object)),
  'query string': (_, { optional }) => Query('q', String, { optional }),
  'query number': (_, { optional }) => Query('n', Number, { optional }),
  'query boolean': (_, { optional }) => Query('flag', Boolean, { optional }),
  'query date': (_, { optional }) => Query('d', Date, { optional }),
  'query strings': (_, { optional }) => Query('q', [String], { optional }),
  'query numbers': (_, { optional }) => Query('n', [Number], { optional }),
  'query record': () => Query(Object),
  'query DTO': () => Query(ThingQuery),
  'header string': (_, { optional }) => Headers('X-a', String, { optional }),
  'header list': (_, { optional }) => Headers('x-a', [String], { optional }),
  'header number': (_, { optional }) => Headers('x-b', Number, { optional }),
  'header user-agent': () => Headers('user-agent', String, { optional: true }),
  'header record': () => Headers(Object),
  'cookie string': (_, { optional }) => Cookie('c', String, { optional }),
  'cookie number': (_, { optional }) => Cookie('n', Number, { optional }),
  'cookie record': () => Cookie(Object),
  'body JSON': (_, { optional }) => Body(Object, { optional }),
  'body text': (_, { optional }) => Body(String, { optional }),
  'body bytes': (_, { optional }) => Body(Uint8Array, { optional }),
  'body DTO': (_, { optional }) => Body(CreateThing, { optional }),
  'body field string': (_, { optional }) => Body('name', String, { optional }),
  'body field number': (_, { optional }) => Body('n', Number, { optional }),
  'body field boolean': (_, { optional }) => Body('flag', Boolean, { optional }),
  'body field list': (_, { optional }) => Body('tags', [String], { optional }),
  'body field file': (_, { optional }) => UploadedFile('file', { optional, maxBytes: 64, types: ['text/*'] }),
  'body field files': (_, { optional }) => UploadedFiles('file', { optional, max: 2 }),
  request: () => Req(),
  'custom header': () => FromHeader(),
  'custom async': () => Later(),
  'custom that throws': () => Picky(),
} as const satisfies Record<string, Make>;

/** The names of all binds. */
export const bindNames = Object.keys(BINDS) as BindName[];

/** Whether a bind reads the whole body; of these a handler may have one, and nothing beside it that reads a part. */
export function bodyPart(bind: BindName): 'none' | 'whole' | 'field' {
  if (!bind.startsWith('body')) return 'none';
  return bind.startsWith('body field') ? 'field' : 'whole';
}
