import { once } from 'node:events';
import {
  createReadStream,
  mkdtempSync,
  type ReadStream,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { createGzip, gunzipSync } from 'node:zlib';
import {
  Controller,
  defineApp,
  ForbiddenError,
  Get,
  HttpCode,
  HttpReply,
  type HttpRequest,
  type Middleware,
  Redirect,
  reply,
  sse,
  Use,
} from 'twodoors';
import { toKoa } from 'twodoors/koa';
import { type Door, type DoorName, openDoor } from 'twodoors/testing';

const folder = mkdtempSync(join(tmpdir(), 'twodoors-bodies-'));
const file = join(folder, 'file.txt');
writeFileSync(file, 'x'.repeat(200_000));
afterAll(() => rmSync(folder, { recursive: true }));

/** The file streams that handlers have returned since a test began. */
let opened: ReadStream[] = [];
const logged: unknown[] = [];

function openFile(path = file): ReadStream {
  const stream = createReadStream(path);
  opened.push(stream);
  return stream;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Waits until the stream that the handler returned has failed, as a slow middleware would. */
const afterFailure: Middleware = async (_request, next) => {
  const made = await next();
  const [stream] = opened;
  if (stream?.errored === null) await new Promise((resolve) => stream.once('error', resolve));
  await turn();
  return made;
};

const change =
  (changeReply: (made: HttpReply) => unknown): Middleware =>
  async (_request, next) => {
    const made = await next();
    return (changeReply(made) ?? made) as HttpReply;
  };

const forgetful = (async (_request: HttpRequest, next: () => Promise<HttpReply>) => {
  await next();
}) as unknown as Middleware;

let closedEvents = 0;
const events = {
  [Symbol.asyncIterator]: () => ({
    next: () => new Promise<IteratorResult<string>>(() => {}),
    return: async () => {
      closedEvents++;
      return { done: true as const, value: undefined };
    },
  }),
};

@Controller()
class FileController {
  @Get('/file') file() {
    return openFile();
  }
  @Get('/missing') @Use(afterFailure) missing() {
    return openFile(join(folder, 'missing.txt'));
  }
  @Get('/missing-in-app') missingInApp() {
    return openFile(join(folder, 'missing.txt'));
  }
  @Get('/replaced-body')
  @Use(
    change((made) => {
      made.body = 'text';
    }),
  )
  replacedBody() {
    return openFile();
  }
  @Get('/replaced-reply') @Use(change(() => reply('text'))) replacedReply() {
    return openFile();
  }
  @Get('/replaced-stream') @Use(change(() => Readable.from(['te', 'xt']))) replacedStream() {
    return openFile();
  }
  @Get('/not-modified')
  @Use(
    change((made) => {
      made.status = 304;
    }),
  )
  notModified() {
    return openFile();
  }
  @Get('/forbidden')
  @Use(
    change(() => {
      throw new ForbiddenError();
    }),
  )
  forbidden() {
    return openFile();
  }
  @Get('/forgotten') @Use(forgetful) forgotten() {
    return openFile();
  }
  @Get('/not-awaited')
  @Use((_request, next) => {
    void next();
    return reply('text');
  })
  async notAwaited() {
    await turn();
    return openFile();
  }
  @Get('/bad-header')
  @Use(
    change((made) => {
      made.headers['x-bad'] = 'a\r\nb';
    }),
  )
  badHeader() {
    return openFile();
  }
  @Get('/bad-own-header') badOwnHeader() {
    const made = new HttpReply(openFile());
    made.headers['x-bad'] = 'a\r\nb';
    return made;
  }
  @Get('/bad-length') badLength() {
    return new HttpReply(openFile(), { headers: { 'content-length': '12 bytes' } });
  }
  @Get('/redirect') @Redirect('/file') redirect() {
    return openFile();
  }
  @Get('/no-content') @HttpCode(204) noContent() {
    return openFile();
  }
  @Get('/gzip')
  @Use(
    change((made) => {
      made.body = (made.body as Readable).pipe(createGzip());
    }),
  )
  gzip() {
    return openFile();
  }
  @Get('/piped-failure')
  @Use(
    change((made) => {
      made.body = (made.body as Readable).pipe(new PassThrough());
    }),
  )
  pipedFailure() {
    return openFile(join(folder, 'missing.txt'));
  }
  @Get('/wrapped')
  @Use(
    change((made) => {
      const inner = made.body as Readable;
      return (async function* () {
        for await (const chunk of inner) yield chunk as Uint8Array;
      })();
    }),
  )
  wrapped() {
    return openFile();
  }
  @Get('/events') events() {
    return sse(events);
  }
  @Get('/stalled') stalled() {
    return new Readable({
      read() {
        this.push(this.readableDidRead ? undefined : 'beginning');
      },
      destroy(_error, done) {
        onStalledClose();
        done(null);
      },
    });
  }
}

let onStalledClose = () => {};

const app = defineApp({ controllers: [FileController], log: (error) => void logged.push(error) });
const withMiddleware = defineApp({ controllers: [FileController], log: () => {}, use: [afterFailure] });

/** How many descriptors of the process are open on the file. */
function openDescriptors(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === file;
    } catch {
      return false;
    }
  }).length;
}

async function allClosed(): Promise<void> {
  await Promise.all(opened.map((stream) => stream.closed || once(stream, 'close')));
}

const DOORS: DoorName[] = ['koa', 'rest', 'alb'];

describe.each(DOORS)('%s', (name) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(app, name);
  });
  afterAll(() => door.close());
  beforeEach(() => {
    opened = [];
    logged.length = 0;
  });

  test.each([
    ['HEAD', '/file', 200],
    ['GET', '/file', 200],
    ['GET', '/replaced-body', 200],
    ['GET', '/replaced-reply', 200],
    ['GET', '/replaced-stream', 200],
    ['GET', '/not-modified', 304],
    ['GET', '/forbidden', 403],
    ['GET', '/forgotten', 500],
    ['GET', '/not-awaited', 200],
    ['GET', '/bad-header', 500],
    ['GET', '/bad-own-header', 500],
    ['GET', '/bad-length', 500],
    ['GET', '/redirect', 500],
    ['GET', '/no-content', 204],
    ['HEAD', '/gzip', 200],
    ['GET', '/gzip', 200],
    ['GET', '/wrapped', 200],
  ])('%s %s leaves no descriptor open', async (method, target, status) => {
    for (let i = 0; i < 10; i++) expect((await door.request(target, { method })).status).toBe(status);
    while (opened.length < 10) await turn();
    await allClosed();
    expect(openDescriptors()).toBe(0);
  });

  test('a stream that another reads from is open until that one has ended', async () => {
    const zipped = await door.request('/gzip');
    expect(gunzipSync(zipped.body).byteLength).toBe(200_000);
    expect((await door.request('/wrapped')).body.byteLength).toBe(200_000);
  });

  test('a missing file is a 500, even if a middleware takes its time', async () => {
    expect((await door.request('/missing')).status).toBe(500);
    expect(logged).toEqual([expect.objectContaining({ code: 'ENOENT' })]);
    opened = [];
    const other = await openDoor(withMiddleware, name);
    expect((await other.request('/missing-in-app')).status).toBe(500);
    await other.close();
  });

  test('a pipe passes on the failure of its source, and does not hang', async () => {
    expect((await door.request('/piped-failure')).status).toBe(500);
    expect(logged).toEqual([expect.objectContaining({ code: 'ENOENT' })]);
  });

  test('the source of server-sent events is closed where nobody reads them', async () => {
    closedEvents = 0;
    await door.request('/events', { method: 'HEAD' });
    expect(closedEvents).toBe(1);
  });
});

test('a stream that stalls is closed when the client leaves, and nothing is logged', async () => {
  const closed = new Promise<void>((resolve) => {
    onStalledClose = resolve;
  });
  logged.length = 0;
  const server = createServer(toKoa(app).callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as { port: number }).port, '127.0.0.1');
  socket.write('GET /stalled HTTP/1.1\r\nhost: x\r\n\r\n');
  await once(socket, 'data');
  socket.destroy();
  await closed;
  await turn();
  expect(logged).toEqual([]);
  server.close();
});
