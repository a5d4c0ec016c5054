/** Replies that a handler makes of files, and of what browsers shall save as one. */

import {
  Controller,
  defineApp,
  download,
  Get,
  HttpError,
  type HttpReply,
  type HttpRequest,
  Param,
  Query,
  Req,
  sendFile,
} from 'twodoors';
import { runRows } from '../contract/run-rows.js';
import { makeFolder, tagOf } from './public-folder.js';

const folder = makeFolder({
  'invoice.pdf': '%PDF-',
  'deep/note.txt': 'a note',
  'page.html.gz': 'not the page',
  'page.html': '<p>page</p>',
});
afterAll(() => folder.remove());
const { root } = folder;

@Controller()
class Files {
  @Get('/files/*name') file(@Req() request: HttpRequest, @Param('name') name: string) {
    return sendFile(request, name, { root });
  }
  @Get('/kept') kept(@Req() request: HttpRequest) {
    return sendFile(request, 'invoice.pdf', { root, maxAge: 60, filename: 'Rechnung – März.pdf' });
  }
  @Get('/typed') typed(@Req() request: HttpRequest) {
    return sendFile(request, 'deep/note.txt', { root, contentType: 'text/markdown; charset=utf-8', immutable: true });
  }
  @Get('/mapped') async mapped(@Req() request: HttpRequest) {
    try {
      return await sendFile(request, 'gone.txt', { root });
    } catch (error) {
      if (error instanceof HttpError && error.status === 404) return 'instead';
      throw error;
    }
  }
  @Get('/no-folder') noFolder(@Req() request: HttpRequest) {
    return sendFile(request, 'a.txt', { root: `${root}/none` });
  }
  @Get('/download') download(@Query('filename') filename: string, @Query('inline', Boolean) inline = false): HttpReply {
    return download('a;b\n', { filename, inline });
  }
  @Get('/bytes') bytes() {
    return download(Buffer.from([1, 2]), { filename: 'x.bin', contentType: 'application/x-own' });
  }
  @Get('/stream') stream() {
    return download(
      (async function* () {
        yield 'one,';
        yield 'two';
      })(),
      { filename: 'rows.csv' },
    );
  }
}

const app = defineApp({ controllers: [Files], log: () => {} });

runRows(
  app,
  [
    {
      rule: 'a file has all that a public file has',
      target: '/files/deep/note.txt',
      reply: 'a note',
      replyHeaders: {
        etag: tagOf('a note'),
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-cache',
        'content-disposition': undefined,
      },
    },
    { rule: 'a 304', target: '/files/deep/note.txt', headers: { 'if-none-match': tagOf('a note') }, status: 304 },
    { rule: 'a range', target: '/files/deep/note.txt', headers: { range: 'bytes=2-' }, status: 206, reply: 'note' },
    {
      rule: 'HEAD',
      target: '/files/deep/note.txt',
      method: 'HEAD',
      reply: '',
      replyHeaders: { etag: tagOf('a note') },
    },
    { rule: 'a file that does not exist is a 404', target: '/files/none.txt', status: 404 },
    { rule: 'so is a folder', target: '/files/deep', status: 404 },
    { rule: 'a handler may catch that', target: '/mapped', reply: 'instead' },
    { rule: 'a folder that does not exist is a bug', target: '/no-folder', status: 500 },
    {
      rule: 'a name to save it by, in any script',
      target: '/kept',
      reply: '%PDF-',
      replyHeaders: {
        'content-type': 'application/pdf',
        'cache-control': 'public, max-age=60',
        'content-disposition':
          'attachment; filename="Rechnung ? M?rz.pdf"; filename*=UTF-8\'\'Rechnung%20%E2%80%93%20M%C3%A4rz.pdf',
      },
    },
    {
      rule: 'a type and a time of its own',
      target: '/typed',
      replyHeaders: {
        'content-type': 'text/markdown; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
      },
    },
    {
      rule: 'an empty name is left out',
      target: '/download?filename=',
      replyHeaders: { 'content-disposition': 'attachment' },
    },
    {
      rule: 'a download of text has a type by its name',
      target: '/download?filename=rows.csv',
      reply: 'a;b\n',
      replyHeaders: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="rows.csv"',
      },
    },
    {
      rule: 'shown in the page, where that is wanted',
      target: '/download?filename=a%20b.txt&inline=true',
      replyHeaders: { 'content-disposition': 'inline; filename="a b.txt"' },
    },
    {
      rule: 'quotes cannot break out of the name',
      target: '/download?filename=a%22;%20x=%22b.txt',
      replyHeaders: { 'content-disposition': 'attachment; filename="a\\"; x=\\"b.txt"' },
    },
    {
      rule: 'line breaks and separators cannot leave it either',
      target: '/download?filename=..%2F..%5Ca%0D%0Aset-cookie:%20x.txt',
      replyHeaders: {
        'content-disposition': 'attachment; filename=".._.._a__set-cookie: x.txt"',
        'set-cookie': undefined,
      },
    },
    {
      rule: 'bytes with a type of their own',
      target: '/bytes',
      reply: '\u0001\u0002',
      replyHeaders: { 'content-type': 'application/x-own' },
    },
    {
      rule: 'a stream',
      target: '/stream',
      reply: 'one,two',
      replyHeaders: { 'content-disposition': 'attachment; filename="rows.csv"' },
    },
  ],
  { doors: 'all' },
);
