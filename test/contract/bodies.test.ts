import { Readable } from 'node:stream';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { IsInt, IsString } from 'class-validator';
import {
  Body,
  BodyLimit,
  Controller,
  defineApp,
  type HttpRequest,
  type Middleware,
  Post,
  Req,
  UploadedFile,
  UploadedFiles,
  Use,
} from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { type Row, runRows } from './run-rows.js';

class Upload {
  @IsString() title!: string;
  @IsInt() year!: number;
}

const show = (file: UploadedFile | undefined) =>
  file && { filename: file.filename, contentType: file.contentType, bytes: [...file.bytes] };

@Controller('/x')
class BodyController {
  @Post('/json') json(@Body(Object) body: object) {
    return { body };
  }
  @Post('/text') text(@Body() body: string) {
    return { body };
  }
  @Post('/raw') async raw(@Req() request: HttpRequest) {
    return { raw: [...(await request.rawBody())], text: await request.text() };
  }
  @Post('/stream') async stream(@Body(Readable) body: AsyncIterable<Uint8Array>) {
    let length = 0;
    for await (const chunk of body) length += chunk.byteLength;
    return { length };
  }
  @Post('/web-stream') async webStream(@Body() body: ReadableStream) {
    return { text: await new Response(body).text() };
  }
  @Post('/file') file(
    @UploadedFile('photo', { maxBytes: 10, types: ['image/*', 'text/csv'] }) photo: UploadedFile,
    @Body() upload: Upload,
  ) {
    const text = photo.contentType === 'text/csv' ? photo.text() : undefined;
    return { photo: show(photo), upload, is: upload instanceof Upload, text };
  }
  @Post('/files') files(
    @UploadedFiles('photos', { max: 2 }) photos: UploadedFile[],
    @UploadedFile('other?') other?: UploadedFile,
  ) {
    return { photos: photos.map(show), other: show(other) };
  }
  @Post('/large-file') largeFile(@UploadedFile('photo', { maxBytes: 2_000_000 }) photo: UploadedFile) {
    return { length: photo.bytes.byteLength };
  }
  @Post('/read-before')
  @Use(async (request, next) => {
    await request.text().catch(() => {});
    return next();
  })
  readBefore(@UploadedFile('photo', { maxBytes: 2_000_000 }) photo: UploadedFile) {
    return { length: photo.bytes.byteLength };
  }
  @Post('/form') async form(@Req() request: HttpRequest) {
    const form = await request.form();
    const plain = (value: unknown): unknown =>
      Array.isArray(value) ? value.map(plain) : typeof value === 'string' ? value : show(value as UploadedFile);
    return { names: Object.keys(form), title: form['title'], photo: plain(form['photo']), tag: plain(form['tag']) };
  }
  @Post('/form-before')
  @Use(async (request, next) => {
    const seen = Object.keys(await request.form());
    const made = await next();
    return { seen, ...(JSON.parse(made.body as string) as object) };
  })
  formBefore(@Body() upload: Upload, @UploadedFile('photo') _photo: UploadedFile) {
    return { title: upload.title };
  }
  @Post('/either') either(@Body() upload: Upload, @UploadedFile('photo?') photo?: UploadedFile) {
    return { upload, photo: show(photo) };
  }
}

const readFirst: Middleware = async (request, next) => {
  await request.rawBody();
  return next();
};

@Controller('/l')
@BodyLimit(100)
class LimitController {
  @Post('/json') json(@Body(Object) body: unknown) {
    return { is: typeof body };
  }
  @Post('/text') async text(@Req() request: HttpRequest) {
    return { length: (await request.text()).length };
  }
  @Post('/raw') async raw(@Req() request: HttpRequest) {
    return { length: (await request.rawBody()).byteLength };
  }
  @Post('/form') async form(@Req() request: HttpRequest) {
    return { names: Object.keys(await request.form()).length };
  }
  @Post('/in-middleware') @Use(readFirst) inMiddleware() {
    return {};
  }
  @Post('/large') @BodyLimit(2_000_000) large(@Body(Object) body: unknown) {
    return { is: typeof body };
  }
  @Post('/file') @BodyLimit(300) file(@UploadedFile('photo', { maxBytes: 1_000 }) photo: UploadedFile) {
    return { length: photo.bytes.byteLength };
  }
  @Post('/unread') unread() {
    return {};
  }
}

@Controller('/l2')
class InheritedLimitController extends LimitController {}

/** A JSON text of `length` bytes. */
const sized = (length: number) => ({
  body: JSON.stringify('x'.repeat(length - 2)),
  headers: { 'content-type': 'application/json' },
});

const JSON_TYPE = 'application/json';
const coded = (coding: string, body: Uint8Array) => ({
  body,
  headers: { 'content-type': JSON_TYPE, 'content-encoding': coding },
});
const DOCUMENT = '{"a":"λ"}';

type Part = { name: string; filename?: string; type?: string; value: string | Uint8Array };

function multipart(...parts: Part[]) {
  const chunks = parts.flatMap(({ name, filename, type, value }) => [
    Buffer.from(
      `--x-boundary\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n` +
        `${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n`,
    ),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ]);
  return {
    body: Buffer.concat([...chunks, Buffer.from('--x-boundary--\r\n')]),
    headers: { 'content-type': 'multipart/form-data; boundary=x-boundary' },
  };
}

const photo = (value: string | Uint8Array, more: Partial<Part> = {}): Part => ({
  name: 'photo',
  filename: 'a.png',
  type: 'image/png',
  value,
  ...more,
});
const title: Part = { name: 'title', value: 'Tür' };
const year: Part = { name: 'year', value: '2026' };
const refused = (...errors: object[]) => ({ status: 400, includes: { errors } });

const utf16 = (text: string, isBigEndian: boolean) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
};

const rows: Row[] = [
  {
    rule: 'a gzip body is inflated',
    target: '/x/json',
    ...coded('gzip', gzipSync(DOCUMENT)),
    reply: { body: { a: 'λ' } },
  },
  {
    rule: 'a deflate body is inflated',
    target: '/x/json',
    ...coded('deflate', deflateSync(DOCUMENT)),
    reply: { body: { a: 'λ' } },
  },
  {
    rule: 'a deflate body without the zlib wrapper is inflated',
    target: '/x/json',
    ...coded('deflate', deflateRawSync(DOCUMENT)),
    reply: { body: { a: 'λ' } },
  },
  {
    rule: 'a br body is inflated',
    target: '/x/json',
    ...coded('br', brotliCompressSync(DOCUMENT)),
    reply: { body: { a: 'λ' } },
  },
  {
    rule: 'several codings are undone in reverse order',
    target: '/x/json',
    ...coded('GZIP, br', brotliCompressSync(gzipSync(DOCUMENT))),
    reply: { body: { a: 'λ' } },
  },
  {
    rule: 'the identity coding leaves the body as it is',
    target: '/x/json',
    ...coded('identity', Buffer.from(DOCUMENT)),
    reply: { body: { a: 'λ' } },
  },
  { rule: 'an unknown content-encoding is a 415', target: '/x/json', ...coded('lzma', Buffer.from('x')), status: 415 },
  {
    rule: 'a body that does not have its declared coding is a 400',
    target: '/x/json',
    ...coded('gzip', Buffer.from(DOCUMENT)),
    status: 400,
  },
  {
    rule: 'a body that inflates beyond the limit is a 413',
    target: '/x/json',
    ...coded('gzip', gzipSync(JSON.stringify('x'.repeat(2_000_000)))),
    status: 413,
  },
  {
    rule: 'the raw body stays as it was sent',
    target: '/x/raw',
    ...coded('gzip', gzipSync(DOCUMENT)),
    includes: { raw: [...gzipSync(DOCUMENT)], text: DOCUMENT },
  },
  {
    rule: 'little-endian UTF-16 is recognised by its byte order mark',
    target: '/x/text',
    body: utf16('λ', false),
    headers: { 'content-type': 'text/plain; charset=UTF-16', 'content-encoding': 'identity' },
    reply: { body: 'λ' },
  },
  {
    rule: 'big-endian UTF-16 is recognised by its byte order mark',
    target: '/x/text',
    body: utf16('λ', true),
    headers: { 'content-type': 'application/xml; charset="utf-16"', 'content-encoding': 'identity' },
    reply: { body: 'λ' },
  },
  {
    rule: 'a latin1 body is decoded by its charset',
    target: '/x/text',
    body: Buffer.from([0xe9]),
    headers: { 'content-type': 'application/xhtml+xml; charset=iso-8859-1' },
    reply: { body: 'é' },
  },
  {
    rule: 'a latin1 charset applies to bytes that a gateway took for UTF-8',
    target: '/x/text',
    body: 'é',
    headers: { 'content-type': 'text/plain; charset=latin1' },
    reply: { body: 'Ã©' },
  },
  {
    rule: 'a UTF-8 byte order mark is not part of the text',
    target: '/x/text',
    body: '\ufeffλ',
    headers: { 'content-type': 'text/plain' },
    reply: { body: 'λ' },
  },
  {
    rule: 'a streamed body has no size limit',
    target: '/x/stream',
    body: new Uint8Array(1_500_000),
    headers: { 'content-type': 'any/thing' },
    reply: { length: 1_500_000 },
  },
  { rule: 'a stream of a missing body is empty', target: '/x/stream', method: 'POST', reply: { length: 0 } },
  {
    rule: 'a web stream delivers the body',
    target: '/x/web-stream',
    body: 'λ',
    headers: { 'content-type': 'text/plain' },
    reply: { text: 'λ' },
  },
  {
    rule: 'a multipart body gives the file and the other fields',
    target: '/x/file',
    ...multipart(title, photo(new Uint8Array([0, 255, 13, 10])), year),
    includes: {
      photo: { filename: 'a.png', contentType: 'image/png', bytes: [0, 255, 13, 10] },
      upload: { title: 'Tür', year: 2026 },
      is: true,
    },
  },
  {
    rule: 'directories are cut from a file name',
    target: '/x/file',
    ...multipart(title, year, photo('x', { filename: '../../etc/passwd' })),
    includes: { photo: { filename: 'passwd' } },
  },
  {
    rule: 'a Windows path is cut from a file name',
    target: '/x/file',
    ...multipart(title, year, photo('x', { filename: 'C:\\\\temp\\\\ä.csv', type: 'text/csv' })),
    includes: { photo: { filename: 'ä.csv' }, text: 'x' },
  },
  ...(
    [
      ['a name that means a folder', '..'],
      ['a name that means the same folder', '.'],
      ['a folder', 'a/'],
      ['a folder of Windows', 'a\\\\'],
      ['control characters alone', '\0\x7f'],
      ['no name', ''],
    ] as const
  ).map(([what, filename]) => ({
    rule: `a file is unnamed where its name is ${what}`,
    target: '/x/file',
    ...multipart(title, year, photo('x', { filename })),
    includes: { photo: { filename: 'unnamed' } },
  })),
  {
    rule: 'control characters are cut from a file name',
    target: '/x/file',
    ...multipart(title, year, photo('x', { filename: 'a\0\x1b[2Jb.png' })),
    includes: { photo: { filename: 'a[2Jb.png' } },
  },
  {
    rule: 'the type of a file is in lower case, without parameters',
    target: '/x/file',
    ...multipart(title, year, photo('x', { type: 'Text/CSV; charset=UTF-8; header=present' })),
    includes: { photo: { contentType: 'text/csv' }, text: 'x' },
  },
  {
    rule: 'the text of a file has no byte order mark',
    target: '/x/file',
    ...multipart(title, year, photo('\ufeffä;b', { type: 'text/csv' })),
    includes: { text: 'ä;b' },
  },
  {
    rule: 'the text of a file is UTF-16 where its mark says so',
    target: '/x/file',
    ...multipart(title, year, photo(Buffer.from('\ufeffä;b', 'utf16le'), { type: 'text/csv' })),
    includes: { text: 'ä;b' },
  },
  {
    rule: 'the text of a file with invalid bytes is a 400',
    target: '/x/file',
    ...multipart(title, year, photo(new Uint8Array([0x61, 0xe9]), { type: 'text/csv' })),
    status: 400,
    includes: { detail: 'The file photo is not valid UTF-8' },
  },
  {
    rule: 'a missing file and an invalid field are reported together',
    target: '/x/file',
    ...multipart(title, { name: 'year', value: 'x' }),
    ...refused({ in: 'body', path: 'photo', message: 'photo is required' }, { in: 'body', path: 'year' }),
  },
  {
    rule: 'a file input that was left empty counts as missing',
    target: '/x/file',
    ...multipart(title, year, photo('', { filename: '', type: 'application/octet-stream' })),
    ...refused({ path: 'photo', message: 'photo is required' }),
  },
  {
    rule: 'a file above maxBytes is a 400',
    target: '/x/file',
    ...multipart(title, year, photo('x'.repeat(11))),
    ...refused({ path: 'photo', message: 'photo must be at most 10 bytes' }),
  },
  {
    rule: 'a file of a type that is not allowed is a 400',
    target: '/x/file',
    ...multipart(title, year, photo('x', { type: 'application/zip' })),
    ...refused({ path: 'photo', message: 'photo must be of type image/* or text/csv' }),
  },
  {
    rule: 'two files for one parameter are a 400',
    target: '/x/file',
    ...multipart(title, year, photo('x'), photo('y')),
    ...refused({ path: 'photo' }),
  },
  {
    rule: 'an unknown field beside a file is ignored',
    target: '/x/file',
    ...multipart(title, year, photo('x'), { name: 'z', value: '1' }),
    status: 200,
  },
  {
    rule: 'several files under one name are a list',
    target: '/x/files',
    ...multipart(photo('a', { name: 'photos' }), photo('b', { name: 'photos', filename: 'b.png' })),
    includes: { photos: [{ filename: 'a.png' }, { filename: 'b.png' }] },
  },
  {
    rule: 'more files than max are a 400',
    target: '/x/files',
    ...multipart(...[1, 2, 3].map((n) => photo(String(n), { name: 'photos' }))),
    ...refused({ path: 'photos', message: 'photos must be at most 2 files' }),
  },
  {
    rule: 'a file with its own maxBytes may exceed the body limit',
    target: '/x/large-file',
    ...multipart(photo('x'.repeat(1_500_000))),
    reply: { length: 1_500_000 },
  },
  {
    rule: 'a required file that was sent as a field, without a file name, is a 400 that says so',
    target: '/x/file',
    ...multipart(title, year, { name: 'photo', value: 'x', type: 'image/png' }),
    ...refused({ path: 'photo', message: 'photo must be a file, with a filename' }),
  },
  {
    rule: 'required files that were sent as fields are a 400 that says so',
    target: '/x/files',
    ...multipart({ name: 'photos', value: 'x' }, { name: 'photos', value: 'y' }),
    ...refused({ path: 'photos', message: 'photos must be a file, with a filename' }),
  },
  {
    rule: 'a blank field in the place of a required file is a missing file',
    target: '/x/file',
    ...multipart(title, year, { name: 'photo', value: '' }),
    ...refused({ path: 'photo', message: 'photo is required' }),
  },
  {
    rule: 'a JSON body where a file is required is a 415 that says what to send',
    target: '/x/file',
    json: { title: 'x', year: 1 },
    status: 415,
    includes: { detail: 'The content-type of the body is not supported; send multipart/form-data' },
  },
  {
    rule: 'a body without a type where a file is required is a 415 that says what to send',
    target: '/x/file',
    body: 'x',
    headers: { 'content-type': '' },
    status: 415,
    includes: { detail: 'The content-type of the body is not supported; send multipart/form-data' },
  },
  {
    rule: 'a body that is not JSON where JSON or a form is needed is a 415 that says what to send',
    target: '/x/json',
    body: 'x',
    headers: { 'content-type': 'text/plain' },
    status: 415,
    includes: {
      detail:
        'The content-type of the body is not supported; send application/json, application/x-www-form-urlencoded or multipart/form-data',
    },
  },
  {
    rule: 'a type that the route does not accept is a 415 before the coding of the body is looked at',
    target: '/x/json',
    body: 'x'.repeat(300),
    headers: { 'content-type': 'application/octet-stream', 'content-encoding': 'deflate' },
    status: 415,
  },
  {
    rule: 'a type that the route does not accept is a 415 before the size of the body is looked at',
    target: '/x/json',
    body: 'x'.repeat(1_100_000),
    headers: { 'content-type': 'application/octet-stream' },
    status: 415,
  },
  {
    rule: 'a body that is not text where text is needed is a 415 that says what to send',
    target: '/x/text',
    body: Buffer.from([1]),
    headers: { 'content-type': 'image/png' },
    status: 415,
    includes: {
      detail:
        'The content-type of the body is not supported; send application/json, application/x-www-form-urlencoded or text/plain',
    },
  },
  {
    rule: 'a multipart form whose content-type has no boundary is a 400 that says so',
    target: '/x/form',
    body: multipart(title).body,
    headers: { 'content-type': 'multipart/form-data' },
    status: 400,
    includes: { detail: 'The content-type of the multipart body has no boundary' },
  },
  {
    rule: 'a field of a multipart form that is not UTF-8 is a 400',
    target: '/x/form',
    ...multipart({ name: 'title', value: '\ufffd' }, { name: 'title', value: Buffer.from('h\xe9', 'latin1') }),
    status: 400,
    includes: { detail: 'The body is not valid UTF-8' },
  },
  {
    rule: 'a JSON part of a multipart form that is not UTF-8 is a 400',
    target: '/x/form',
    ...multipart({ name: 'title', type: 'application/json', value: Buffer.from('"h\xe9"', 'latin1') }),
    status: 400,
    includes: { detail: 'The body is not valid UTF-8' },
  },
  {
    rule: 'a field of a multipart form may have U+FFFD, as any character',
    target: '/x/form',
    ...multipart({ name: 'title', value: 'a\ufffd' }, { name: 'tag', value: '\ufffd' }),
    includes: { title: 'a\ufffd', tag: '\ufffd' },
  },
  {
    rule: 'a field of a multipart form is decoded by its own charset',
    target: '/x/form',
    ...multipart({ name: 'title', type: 'text/plain; charset=iso-8859-1', value: Buffer.from('h\xe9', 'latin1') }),
    includes: { title: 'hé' },
  },
  {
    rule: 'a JSON body is accepted where the file is optional',
    target: '/x/either',
    json: { title: 'x', year: 1 },
    reply: { upload: { title: 'x', year: 1 } },
  },
  {
    rule: 'a form is accepted where the file is optional',
    target: '/x/either',
    form: { title: 'x', year: '1' },
    reply: { upload: { title: 'x', year: 1 } },
  },
  {
    rule: 'a multipart body without a file is accepted where the file is optional',
    target: '/x/either',
    ...multipart(title, year),
    reply: { upload: { title: 'Tür', year: 2026 } },
  },
  {
    rule: 'middleware reads an upload within the limit that its handler has',
    target: '/x/read-before',
    ...multipart(photo('x'.repeat(1_500_000))),
    reply: { length: 1_500_000 },
  },
  {
    rule: 'an upload beyond the limit of its files is a 413, though middleware caught it',
    target: '/x/read-before',
    ...multipart(photo('x'.repeat(3_100_000))),
    status: 413,
  },
  ...(['/l/json', '/l/text', '/l/raw', '/l/form', '/l/in-middleware'] as const).flatMap((target): Row[] => [
    { rule: '@BodyLimit of the class admits a body of its size', target, ...sized(100), status: 200 },
    { rule: '@BodyLimit of the class refuses a larger body', target, ...sized(101), status: 413 },
  ]),
  { rule: '@BodyLimit of a method replaces that of the class', target: '/l/large', ...sized(1_500_000), status: 200 },
  { rule: '@BodyLimit of a method refuses a larger body', target: '/l/large', ...sized(2_000_001), status: 413 },
  { rule: '@BodyLimit of a base class holds', target: '/l2/json', ...sized(101), status: 413 },
  {
    rule: '@BodyLimit holds after decompression',
    target: '/l/json',
    ...coded('gzip', gzipSync(JSON.stringify('x'.repeat(200)))),
    status: 413,
  },
  {
    rule: 'files may come on top of @BodyLimit',
    target: '/l/file',
    ...multipart(photo('x'.repeat(1_000))),
    reply: { length: 1_000 },
  },
  {
    rule: 'files beyond @BodyLimit and their own limit are a 413',
    target: '/l/file',
    ...multipart(photo('x'.repeat(1_400))),
    status: 413,
  },
  { rule: 'a body that nothing reads is not limited', target: '/l/unread', ...sized(2_000_000), status: 200 },
  {
    rule: 'form() reads a multipart form, its files included',
    target: '/x/form',
    ...multipart({ name: 'tag', value: 'b' }, photo('x'), title, photo('y', { name: 'tag' }), {
      name: '__proto__',
      value: 'p',
    }),
    reply: {
      names: ['__proto__', 'photo', 'tag', 'title'],
      title: 'Tür',
      photo: { filename: 'a.png', contentType: 'image/png', bytes: [120] },
      tag: ['b', { filename: 'a.png', contentType: 'image/png', bytes: [121] }],
    },
  },
  {
    rule: 'form() has the text of a part that is JSON, and the file of one with a file name',
    target: '/x/form',
    ...multipart(
      { name: 'tag', type: JSON_TYPE, value: '{ "a": 1 }' },
      { name: 'tag', value: 'b' },
      { name: 'title', type: 'application/vnd.x+json; charset=utf-8', value: '"ä"' },
      photo('[2]', { type: JSON_TYPE }),
    ),
    reply: {
      names: ['photo', 'tag', 'title'],
      title: '"ä"',
      photo: { filename: 'a.png', contentType: JSON_TYPE, bytes: [91, 50, 93] },
      tag: ['{ "a": 1 }', 'b'],
    },
  },
  {
    rule: 'form() refuses a part that is not the JSON that it claims to be, as @Body does',
    target: '/x/form',
    ...multipart({ name: 'tag', type: JSON_TYPE, value: '{' }),
    status: 400,
  },
  {
    rule: 'form() reads an urlencoded form',
    target: '/x/form',
    body: 'title=T%C3%BCr&tag=b&tag=c',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    reply: { names: ['tag', 'title'], title: 'Tür', tag: ['b', 'c'] },
  },
  {
    rule: 'form() in middleware leaves the form for the handler',
    target: '/x/form-before',
    ...multipart(title, year, photo('x')),
    reply: { seen: ['photo', 'title', 'year'], title: 'Tür' },
  },
  {
    rule: 'form() refuses a malformed multipart form',
    target: '/x/form',
    body: multipart(title).body.subarray(0, -20),
    headers: { 'content-type': 'multipart/form-data; boundary=x-boundary' },
    status: 400,
  },
  {
    rule: 'form() refuses a multipart form above the limit',
    target: '/x/form',
    ...multipart(photo('x'.repeat(1_100_000))),
    status: 413,
  },
  {
    rule: 'a multipart body without a boundary is a 400',
    target: '/x/file',
    body: 'x',
    headers: { 'content-type': 'multipart/form-data' },
    status: 400,
  },
  ...['', '; filename="a.txt"'].map((more) => ({
    rule: `a multipart part without a name is a 400${more}`,
    target: '/x/file',
    body: `--x-boundary\r\nContent-Disposition: form-data${more}\r\n\r\nvalue\r\n--x-boundary--\r\n`,
    headers: { 'content-type': 'multipart/form-data; boundary=x-boundary' },
    status: 400,
    includes: { detail: 'The multipart body is malformed' },
  })),
  {
    rule: 'a multipart body that ends before its last boundary is a 400',
    target: '/x/file',
    body: multipart(title, photo('x')).body.subarray(0, -20),
    headers: { 'content-type': 'multipart/form-data; boundary=x-boundary' },
    status: 400,
  },
  {
    rule: 'a file that ends early is a 400',
    target: '/x/file',
    body: multipart(photo('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')).body.subarray(0, 130),
    headers: { 'content-type': 'multipart/form-data; boundary=x-boundary' },
    status: 400,
  },
  {
    rule: 'too many multipart parts are a 413',
    target: '/x/files',
    ...multipart(...Array.from({ length: 1001 }, (_, i) => ({ name: `n${i}`, value: '' }))),
    status: 413,
  },
  {
    rule: 'a multipart field name that is too long is a 413',
    target: '/x/files',
    ...multipart({ name: 'n'.repeat(500), value: '' }),
    status: 413,
  },
];

describe('bodies', () =>
  runRows(defineApp({ controllers: [BodyController, LimitController, InheritedLimitController] }), rows));

test('a @BodyLimit that is not a number of bytes is a mistake, said once', () => {
  @Controller('/a')
  @BodyLimit(0)
  class WrongLimitController {
    @Post('/one') one() {}
    @Post('/two') @BodyLimit(Number.NaN) two() {}
  }
  expect(() => createHandler(defineApp({ controllers: [WrongLimitController] }))).toThrow(
    expect.objectContaining({
      mistakes: [
        expect.objectContaining({ code: 'invalid-option', method: 'two', decorator: '@BodyLimit' }),
        expect.objectContaining({
          code: 'invalid-option',
          controller: 'WrongLimitController',
          decorator: '@BodyLimit',
        }),
      ],
    }),
  );
});
