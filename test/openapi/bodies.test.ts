/** What a document says of bodies and their errors. Each row is a fault that asking both doors has found. */

import { IsInt, IsNotEmptyObject, IsObject, IsOptional, IsString, MinLength } from 'class-validator';
import {
  Body,
  BodyLimit,
  Controller,
  defineApp,
  OnInvalid,
  Post,
  Put,
  Req,
  UploadedFile,
  UploadedFiles,
  type ViewEngine,
} from 'twodoors';
import { type OperationObject, openapi } from 'twodoors/openapi';
import { z } from 'zod';

class Named {
  @IsString() @MinLength(2) name!: string;
}

class WithObject {
  @IsInt() n!: number;
  @IsOptional() @IsObject() rates?: Record<string, string>;
  @IsNotEmptyObject() more!: object;
}

@Controller()
class BodyController {
  @Post('/class') class(@Body() named: Named) {
    return named;
  }
  @Put('/strict') strict(@Body({ unknownProperties: 'reject' }) named: Named) {
    return named;
  }
  @Post('/strict-file')
  strictFile(@Body({ unknownProperties: 'reject' }) named: Named, @UploadedFile('photo') photo: UploadedFile) {
    return [named, photo];
  }
  @Post('/objects') objects(@Body() object: WithObject) {
    return object;
  }
  @Post('/texts') texts(@Body(z.object({ a: z.string() })) texts: object) {
    return texts;
  }
  @Post('/numbers') numbers(@Body(z.object({ a: z.number() })) numbers: object) {
    return numbers;
  }
  @Post('/optional') optional(@Body('a?') a?: string) {
    return a;
  }
  @Post('/text') text(@Body() text: string) {
    return text;
  }
  @Post('/bytes') bytes(@Body() bytes: Uint8Array) {
    return bytes;
  }
  @Post('/stream') stream(@Body() stream: ReadableStream) {
    return stream;
  }
  @Post('/photo') @BodyLimit(500) photo(@UploadedFile('photo', { maxBytes: 100 }) photo: UploadedFile) {
    return photo;
  }
  @Post('/photos') photos(
    @UploadedFiles('photos?', { maxBytes: Number.POSITIVE_INFINITY, max: 2 }) photos: UploadedFile[],
  ) {
    return photos;
  }
  @Post('/again') @OnInvalid('again.html') again(@Body() named: Named) {
    return named;
  }
  @Post('/trimmed') trimmed(@Body({ trim: true }) named: Named) {
    return named;
  }
  @Post('/small') @BodyLimit(70) small(@Body() named: Named, @Req() _request: unknown) {
    return named;
  }
}

const views: ViewEngine = { findMistake: () => undefined, render: () => '' };
const warnings: string[] = [];
const document = openapi(defineApp({ controllers: [BodyController], views }), {
  onWarning: (warning) => warnings.push(warning),
});
const operationOf = (path: string): OperationObject => Object.values(document.paths[path]!)[0]!;
const contentOf = (path: string) => operationOf(path).requestBody!.content;
const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';
const refTo = (name: string) => ({ schema: { $ref: `#/components/schemas/${name}` } });

test('JSON may not have unknown names, and forms ignore them', () => {
  expect(contentOf('/class')).toEqual({
    'application/json': refTo('Named'),
    [FORM]: refTo('NamedOpen'),
    [MULTIPART]: refTo('NamedOpen'),
  });
  expect(document.components!.schemas).toMatchObject({
    Named: { additionalProperties: false },
    NamedOpen: expect.not.objectContaining({ additionalProperties: false }),
  });
});

test("a form that may not have unknown names either says so, with unknownProperties: 'reject'", () => {
  expect(contentOf('/strict')).toMatchObject({ [FORM]: refTo('Named'), [MULTIPART]: refTo('Named') });
  expect(contentOf('/strict-file')[MULTIPART]!.schema).toMatchObject({
    allOf: [refTo('NamedOpen').schema, { required: ['photo'] }],
    unevaluatedProperties: false,
  });
});

test('a class with an object in it is no form, and its objects are objects', () => {
  expect(Object.keys(contentOf('/objects'))).toEqual(['application/json']);
  expect(document.components!.schemas!['WithObject']!['properties']).toMatchObject({
    rates: { type: ['object', 'null'] },
    more: { type: 'object', minProperties: 1 },
  });
});

test('a schema gets the fields of a form as texts, so that only one of texts takes forms', () => {
  expect(Object.keys(contentOf('/texts'))).toEqual(['application/json', FORM, MULTIPART]);
  expect(Object.keys(contentOf('/numbers'))).toEqual(['application/json']);
});

test('where all fields are optional, JSON that is no object has none of them', () => {
  expect(contentOf('/optional')).toMatchObject({
    'application/json': { schema: { properties: { a: { type: 'string' } } } },
    [FORM]: { schema: { type: 'object' } },
  });
  expect(contentOf('/optional')['application/json']!.schema).not.toHaveProperty('type');
});

test('text may be of any type of text, and bytes of any type', () => {
  expect(Object.keys(contentOf('/text'))).toEqual(['text/plain', 'text/*']);
  expect(Object.keys(contentOf('/bytes'))).toEqual(['application/octet-stream', '*/*']);
});

test('a stream may be empty, so that its body is not required', () => {
  expect([operationOf('/bytes').requestBody!.required, operationOf('/stream').requestBody!.required]).toEqual([
    true,
    undefined,
  ]);
});

test('a file has a largest length, in bytes, unless it may have any', () => {
  expect(contentOf('/photo')[MULTIPART]!.schema!['properties']).toEqual({
    photo: { type: 'string', format: 'binary', maxLength: 100 },
  });
  expect(contentOf('/photos')[MULTIPART]!.schema!['properties']).toEqual({
    photos: { type: 'array', items: { type: 'string', format: 'binary' }, maxItems: 2 },
  });
});

test('the reply to a body that is too large says how large it may be', () => {
  expect(operationOf('/small').responses['413']!.description).toBe('Payload Too Large: a body has at most 70 bytes');
});

test('a form that is shown again is a reply', () => {
  expect(operationOf('/again').responses['422']).toEqual({
    description: 'The form with its mistakes',
    content: { 'text/html': { schema: { type: 'string' } } },
  });
});

test('that texts are trimmed first is warned about', () => {
  expect(warnings).toEqual([
    'BodyController.trimmed, body: the spaces around its texts are dropped first. It is described without them.',
  ]);
});

test('an app that shapes its errors itself says nothing of their bodies', () => {
  const { paths, components } = openapi(
    defineApp({ controllers: [BodyController], views, problem: ({ status }) => ({ code: status }) }),
  );
  expect(paths['/class']!['post']!.responses).toMatchObject({
    400: { description: 'Bad Request' },
    default: { description: 'Any other error' },
  });
  expect(JSON.stringify([paths, components])).not.toContain('problem+json');
});
