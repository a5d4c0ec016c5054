import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { IsInt, IsString, Matches, MinDate, ValidateBy, ValidateIf } from 'class-validator';
import { Body, Controller, defineApp, Get, HttpCode, Param, Post, Query, StartupError, UseInterceptor } from 'twodoors';
import { auth, basicAuth, bearer, CurrentUser, LoginRequired, session } from 'twodoors/auth';
import { ApiOperation, ApiResponse, ApiSecurity, ApiTags, type OpenApiDocument, openapi } from 'twodoors/openapi';
import { sessions } from 'twodoors/sessions';
import * as v from 'valibot';
import { patternSource } from '../../src/runtime/openapi/schemas/pattern-source.js';
import { REPOSITORY } from '../source-files.js';
import { app as everyApp } from './every-app.js';

/** The reviewed document of the app with every decorator. To review a change of it: `git diff`, after writing it again. */
const REVIEWED = join(REPOSITORY, 'test/openapi/every-app.json');

test('the document of an app with every decorator is the reviewed one', () => {
  const document = openapi(everyApp);
  expect(JSON.parse(JSON.stringify(document))).toEqual(JSON.parse(readFileSync(REVIEWED, 'utf8')));
});

test('what cannot be described is warned about by name', () => {
  const warnings: string[] = [];
  openapi(everyApp, { onWarning: (warning) => warnings.push(warning) });
  expect(warnings).toEqual([
    'PageController.files, *path takes several segments, which OpenAPI cannot say. It is described as one.',
  ]);
});

test('each schema is valid by the dialect of OpenAPI 3.1', () => {
  const document = openapi(everyApp);
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
  // Of OpenAPI's own vocabulary.
  ajv.addKeyword('discriminator');
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addKeyword('components');
  ajv.addSchema({ $id: 'document', components: document.components } as object, 'document');
  const names = Object.keys(document.components!.schemas!);
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) {
    expect(ajv.validateSchema(document.components!.schemas![name]!)).toBe(true);
    expect(ajv.compile({ $ref: `document#/components/schemas/${name}` })).toEqual(expect.any(Function));
  }
});

const documentOf = (controllers: (new () => object)[], options = {}): OpenApiDocument =>
  openapi(defineApp({ controllers, ...options }));

test('what interceptors may change has no schema, unless @ApiResponse says it', () => {
  @Controller()
  @UseInterceptor((value) => ({ wrapped: value }))
  class Wrapped {
    @Get('/a') a(): string {
      return 'a';
    }
    @Get('/b') @ApiResponse({ status: 200, type: Number }) b(): string {
      return 'b';
    }
  }
  const { paths } = documentOf([Wrapped]);
  expect(paths['/a']!['get']!.responses['200']).toEqual({ description: 'OK' });
  expect(paths['/b']!['get']!.responses['200']).toMatchObject({ content: { 'application/json': {} } });
});

test('operation ids, and names of tags and parameters, do not depend on the order of controllers', () => {
  @Controller('/a')
  class First {
    @Get(['/x', '/y']) get() {}
    @Get('/:id') show(@Param('id') id: number) {
      return id;
    }
  }
  @Controller('/a')
  class SecondController {
    @Post('/:number') set(@Param('number') number: number) {
      return number;
    }
  }
  const one = documentOf([First, SecondController]);
  expect(documentOf([SecondController, First])).toEqual(one);
  expect(Object.keys(one.paths)).toEqual(['/a/x', '/a/y', '/a/{id}']);
  expect(one.paths['/a/{id}']!['post']).toMatchObject({
    operationId: 'SecondController_set',
    tags: ['Second'],
    parameters: [{ name: 'id', in: 'path' }],
  });
  expect([one.paths['/a/x']!['get']!.operationId, one.paths['/a/y']!['get']!.operationId]).toEqual([
    'First_get',
    'First_get_2',
  ]);
});

test('decorators of a class count for all its methods, and those of a method come on top', () => {
  @Controller()
  @ApiTags('all')
  @ApiResponse({ status: 403, description: 'Not yours' })
  @ApiSecurity('key')
  class Decorated {
    @Get('/a') @ApiTags('own') @ApiOperation({ tags: ['more'] }) a() {}
    @Get('/b') @ApiResponse({ status: 200, type: String }) @ApiSecurity('token', ['read']) @HttpCode(202) b() {}
  }
  const { paths } = documentOf([Decorated], {
    openapi: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'x-key' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  });
  expect(paths['/a']!['get']).toMatchObject({
    tags: ['more', 'own'],
    security: [{ key: [] }],
    responses: { 403: { description: 'Not yours' }, '2XX': {} },
  });
  expect(paths['/b']!['get']).toMatchObject({
    tags: ['all'],
    security: [{ token: ['read'] }],
    responses: { 200: { content: { 'text/plain': { schema: { type: 'string' } } } }, 403: {} },
  });
});

test('validators, schemas and replies without a counterpart are warned about, and left out', () => {
  const IsOdd = () => ValidateBy({ name: 'isOdd', validator: { validate: (value) => Number(value) % 2 === 1 } });
  class Plain {}
  class Odd {
    @IsInt() @IsOdd() count!: number;
    @ValidateIf(() => true) @IsString() name!: string;
    @MinDate(new Date(0)) since!: Date;
    @Matches(/^a$/m) lines!: string;
    @IsString() get label() {
      return '';
    }
  }
  @Controller()
  class Home {
    @Post() @ApiResponse({ status: 200, type: Plain }) add(@Body() odd: Odd) {
      return odd;
    }
    @Get('/v') @ApiSecurity('gone') schema(@Query('n', v.string()) n: string) {
      return n;
    }
  }
  const warnings: string[] = [];
  const app = defineApp({ controllers: [Home] });
  const document = openapi(app, { onWarning: (warning) => warnings.push(warning) });
  expect(warnings.sort()).toEqual([
    'Home.add, a reply: Plain has no validators, so its properties are not known.',
    'Home.schema, parameter 1: its schema, of valibot, has no JSON Schema. Wrap it with toStandardJsonSchema() of @valibot/to-json-schema. It is described as any value.',
    'Home_schema: there is no security scheme "gone". Add it: openapi: { securitySchemes: { … } }.',
    'Odd.count: isOdd cannot be said in a schema. It is left out.',
    'Odd.label: it has a getter, whose validators may refuse what a schema allows, and whose value may replace a missing one.',
    'Odd.lines: matches cannot be said in a schema. It is left out.',
    'Odd.name: its @ValidateIf decides what is checked, which a schema cannot say. It is described as any value.',
    'Odd.since: minDate cannot be said in a schema. It is left out.',
  ]);
  expect(document.components!.schemas!['Odd']!['properties']).toMatchObject({ count: { type: 'integer' }, name: {} });
});

test.each([
  [/^a[b-d]\d\w$/i, ['ABz', 'aC9Z', 'ad0_', 'xb1', 'ae11']],
  [/^\u0041\x42[^a]$/i, ['ABc', 'abc', 'aba']],
  [/^(?<name>x)$/i, ['X', 'x', 'y']],
  [/^a.b$/s, ['a\nb', 'a.b', 'ab']],
  [/^[.a]$/s, ['.', 'a', 'b']],
])('the pattern of %s accepts the same without flags', (expression, texts) => {
  const source = patternSource(expression.source, expression.flags)!;
  const pattern = new RegExp(source, 'u');
  expect(texts.map((text) => pattern.test(text))).toEqual(texts.map((text) => expression.test(text)));
});

test.each([/(a)\1/i, /^a$/m, /(?<a>b)\k<a>/i])('%s cannot be said without flags', ({ source, flags }) => {
  expect(patternSource(source, flags)).toBeUndefined();
});

test('an app with mistakes has no document', () => {
  class NoController {}
  expect(() => documentOf([NoController])).toThrow(StartupError);
});

test('the ways of signing in are those of auth(), and each route says what it needs', () => {
  @Controller()
  class Account {
    @Get('/open') open() {}
    @Get('/mine') @LoginRequired() mine() {}
    @Get('/maybe') maybe(@CurrentUser({ optional: true }) user?: unknown) {
      return user;
    }
  }
  const signingIn = auth({
    loadUser: (id: string) => ({ id }),
    identify: [
      session,
      bearer({ secret: 's'.repeat(32), issuer: 'https://issuer.example', audience: 'app' }),
      basicAuth({ verify: () => '1' }),
    ],
  });
  const { paths, components } = documentOf([Account], { use: [sessions({ secret: 's'.repeat(32) }), signingIn] });
  expect(components!.securitySchemes).toEqual({
    basic: { type: 'http', scheme: 'basic' },
    bearer: { type: 'http', scheme: 'bearer' },
    session: { type: 'apiKey', in: 'cookie', name: expect.any(String) },
  });
  const each = [{ session: [] }, { bearer: [] }, { basic: [] }];
  expect(paths['/open']!['get']!.security).toBeUndefined();
  expect(paths['/mine']!['get']).toMatchObject({ security: each, responses: { 401: { description: 'Unauthorized' } } });
  expect(paths['/maybe']!['get']!.security).toEqual([...each, {}]);
});
