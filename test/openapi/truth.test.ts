/**
 * What a document says is true: for every operation, requests are made that it allows and requests that it forbids, and both
 * doors are asked. Those that it allows are not refused, those that it forbids are, and replies match their schemas.
 */

import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { type App, defineApp } from 'twodoors';
import {
  type JsonSchema,
  type MediaTypeObject,
  type OpenApiDocument,
  type OperationObject,
  openapi,
} from 'twodoors/openapi';
import { type Door, openDoor, type TestRequestInit, type TestResponse } from 'twodoors/testing';
import { DtoController } from '../contract/dto-cases.js';
import { richApp } from '../planned/rich-app.js';
import { app as everyApp } from './every-app.js';
import { SchemaArbitrary } from './schema-arbitrary.js';

/** How many requests are made of each operation. */
const RUNS = Number(process.env['OPENAPI_RUNS'] ?? 25);

/** A request, and whether the document allows it. */
interface Asked {
  readonly target: string;
  readonly init: TestRequestInit;
  readonly isAllowed: boolean;
}

const figures = { operations: 0, allowed: 0, forbidden: 0, replies: 0 };

const apps: Record<string, App> = {
  'the app with every decorator': everyApp,
  'the app of DTOs': defineApp({ controllers: [DtoController], log: () => {} }),
  'the app of planned bundles': defineApp({ ...richApp.options, log: () => {} }),
};

function ajvFor(document: OpenApiDocument): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema({ $id: 'document', components: document.components } as object, 'document');
  return ajv;
}

describe.each(Object.entries(apps))('%s', (_name, app) => {
  const warnings: string[] = [];
  const document = openapi(app, { onWarning: (warning) => warnings.push(warning) });
  /** The classes that the document cannot describe in full, and says so: it allows more of them than the app. */
  const untold = new Set(warnings.flatMap((warning) => /^(\w+)\.\w+: /.exec(warning)?.[1] ?? []));
  /** The operations with a parameter that it cannot describe. */
  const untoldIds = new Set(
    warnings.flatMap((warning) => /^([\w.]+), parameter/.exec(warning)?.[1]?.replace('.', '_') ?? []),
  );
  const arbitrary = new SchemaArbitrary(document, ajvFor(document));
  const doors: Door[] = [];
  beforeAll(async () => {
    doors.push(await openDoor(app, 'koa'), await openDoor(app, 'rest'));
  });
  afterAll(() => Promise.all(doors.map((door) => door.close())));

  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== 'head' && method !== 'options')
      .map(([method, operation]) => [`${method.toUpperCase()} ${path}`, path, method, operation] as const),
  );
  test.each(operations)('%s', async (_operation, path, method, operation) => {
    figures.operations++;
    const check = checkReplies(operation, arbitrary);
    const isUntold =
      untoldIds.has(operation.operationId) ||
      arbitrary.namesIn(operation.requestBody ?? {}).some((each) => untold.has(each));
    await fc.assert(
      fc.asyncProperty(requests(path, method, operation, arbitrary), async ({ target, init, isAllowed }) => {
        figures[isAllowed ? 'allowed' : 'forbidden']++;
        const replies = await Promise.all(doors.map((door) => door.request(target, init).catch(() => undefined)));
        for (const reply of replies) {
          // A stream that breaks off: the handler has failed, and the request was not refused.
          if (reply === undefined) continue;
          expect([target, init, reply.status, isRefused(reply) && reply.text()]).toEqual([
            target,
            init,
            reply.status,
            isAllowed ? (isUntold ? expect.anything() : false) : expect.any(String),
          ]);
          check(reply);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

afterAll(() => {
  console.info(
    `${figures.operations} operations, ${figures.allowed} allowed and ${figures.forbidden} forbidden requests through two doors, ${figures.replies} replies with a schema`,
  );
});

/** Whether the framework refuses a request, and not the handler. */
function isRefused(reply: TestResponse): boolean {
  if ([413, 415, 405].includes(reply.status)) return true;
  if (reply.status !== 400 && reply.status !== 404) return false;
  const body = JSON.parse(reply.text()) as { errors?: unknown; detail?: string };
  return body.errors !== undefined || reply.status === 400;
}

/** Requests of an operation, with an oracle: what the validator says of the values and the document's schemas. */
function requests(
  path: string,
  method: string,
  operation: OperationObject,
  arbitrary: SchemaArbitrary,
): fc.Arbitrary<Asked> {
  const parameters = (operation.parameters ?? []).map((parameter) => ({
    ...parameter,
    isValid: arbitrary.check(parameter.schema),
    values: fc.oneof(
      { weight: 4, arbitrary: arbitrary.allowed(parameter.schema).map((value) => ({ value, isStrange: false })) },
      { weight: 1, arbitrary: fc.constantFrom('zz', '-3', '1e6').map((value) => ({ value, isStrange: true })) },
    ),
  }));
  const json = operation.requestBody?.content['application/json']?.schema;
  const body = json === undefined ? fc.constant(undefined) : arbitrary.mixed(json);
  const isJsonValid = json === undefined ? () => true : arbitrary.check(json);
  // Where all fields are optional, a body that is not an object is one without fields.
  const isField = json !== undefined && json['$ref'] === undefined && json['required'] === undefined;
  return fc
    .tuple(
      fc.tuple(...parameters.map(({ values }) => values)),
      fc.array(fc.boolean(), { minLength: parameters.length, maxLength: parameters.length }),
      body,
    )
    .map(([values, omitted, sent]) => {
      const query = new URLSearchParams();
      const headers: Record<string, string> = {};
      const cookies: string[] = [];
      let target = path;
      if (isField && !isJsonValid(sent) && (typeof sent !== 'object' || sent === null || Array.isArray(sent)))
        return undefined;
      let isAllowed = isJsonValid(sent);
      for (const [i, { value, isStrange }] of values.entries()) {
        const { name, in: source, required, explode, schema, isValid } = parameters[i]!;
        if (required !== true && omitted[i]) continue;
        const texts = Array.isArray(value) ? value.map(String) : [String(value)];
        // An empty list is no value at all, and a blank value may be missing.
        if (texts.length === 0 || texts.includes('')) {
          if (required !== true) continue;
          return undefined;
        }
        if (isStrange && !isValid(typed(value as string, arbitrary.resolve(schema)))) isAllowed = false;
        if (source === 'path') target = target.replace(`{${name}}`, encodeURIComponent(texts.join('/')));
        else if (source === 'query' && explode !== false) for (const text of texts) query.append(name, text);
        else if (source === 'query') query.append(name, texts.join(','));
        else if (source === 'header') headers[name] = encodeURI(texts.join(','));
        else cookies.push(`${name}=${encodeURIComponent(texts[0]!)}`);
      }
      const sentBody = bodyOf(operation, sent, arbitrary);
      if (cookies.length > 0) headers['cookie'] = cookies.join('; ');
      if ([...query].length > 0) target += `?${query}`;
      return {
        target,
        init: { method: method.toUpperCase(), ...sentBody, headers: { ...headers, ...sentBody.headers } },
        isAllowed,
      };
    })
    .filter((asked) => asked !== undefined);
}

type Body = Omit<TestRequestInit, 'headers'> & { readonly headers?: Record<string, string> };

/** Text as the schema of a parameter sees it. */
function typed(text: string, schema: JsonSchema): unknown {
  const type = JSON.stringify(schema['type'] ?? '') + JSON.stringify(schema['enum'] ?? '');
  const value = /number|integer|\d/.test(type) && Number.isFinite(Number(text)) ? Number(text) : text;
  return schema['type'] === 'array' ? [typed(text, (schema['items'] as JsonSchema) ?? {})] : value;
}

function bodyOf({ requestBody }: OperationObject, json: unknown, arbitrary: SchemaArbitrary): Body {
  if (requestBody === undefined) return {};
  const { content } = requestBody;
  if (content['application/json'] !== undefined) return { json };
  if (content['text/plain'] !== undefined) return { body: 'text', headers: { 'content-type': 'text/plain' } };
  if (content['application/octet-stream'] !== undefined) return { body: 'bytes' };
  return multipart(content['multipart/form-data']!, arbitrary);
}

/** A form with a value for each field, and files of the accepted types. */
function multipart({ schema = {}, encoding = {} }: MediaTypeObject, arbitrary: SchemaArbitrary): Body {
  const parts = [schema, ...((schema['allOf'] as JsonSchema[] | undefined) ?? [])].map((each) =>
    arbitrary.resolve(each),
  );
  const properties = Object.entries(
    Object.assign({}, ...parts.map((each) => each['properties'])) as Record<string, JsonSchema>,
  );
  const texts = properties.map(([name, property]) => {
    const isFile = JSON.stringify(property).includes('"binary"');
    const type = encoding[name]?.contentType.split(', ')[0]?.replace('*', 'plain') ?? 'text/plain';
    const head = isFile ? `name="${name}"; filename="a.bin"\r\ncontent-type: ${type}` : `name="${name}"`;
    return `--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${property['type'] === 'integer' ? 1 : 'Ada'}\r\n`;
  });
  return { body: `${texts.join('')}--b--\r\n`, headers: { 'content-type': 'multipart/form-data; boundary=b' } };
}

function checkReplies(operation: OperationObject, arbitrary: SchemaArbitrary): (reply: TestResponse) => void {
  const checks = Object.entries(operation.responses).map(([status, { content = {} }]) => ({
    status,
    types: Object.entries(content).map(([type, { schema }]) => ({
      type,
      isValid: schema === undefined ? undefined : arbitrary.check(schema),
    })),
  }));
  return (reply) => {
    const { status } = reply;
    const described =
      checks.find((each) => each.status === String(status)) ??
      checks.find((each) => each.status === `${String(status)[0]}XX`) ??
      checks.find((each) => each.status === 'default');
    expect([status, described?.status]).toEqual([status, expect.any(String)]);
    const type = reply.headers['content-type']?.split(';')[0];
    if (described!.types.length === 0 || reply.text() === '') return;
    const media = described!.types.find((each) => each.type === type);
    expect([status, type, media?.type]).toEqual([status, type, type]);
    if (media!.isValid === undefined || !/json$/.test(type!)) return;
    figures.replies++;
    expect([reply.text(), media!.isValid(JSON.parse(reply.text()))]).toEqual([reply.text(), true]);
  };
}
