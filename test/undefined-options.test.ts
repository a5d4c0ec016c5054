import { IsString } from 'class-validator';
import {
  type AppOptions,
  Body,
  Controller,
  type ControllerOptions,
  compileValidator,
  defineApp,
  Get,
  HttpError,
  type HttpErrorOptions,
  HttpReply,
  type ParamOptions,
  Post,
  Query,
  type ReplyInit,
  type ServerSentEvent,
  type SseOptions,
  sse,
  type UploadOptions,
  type ValidatorOptions,
} from 'twodoors';
import { type KoaOptions, type RouterOptions, type ServeOptions, toKoa, toRouter } from 'twodoors/koa';
import { createHandler, type HandlerOptions, type StreamingHandlerOptions } from 'twodoors/lambda';
import { type DoorsOptions, type GatewayContext, gateways, openDoors, type TestRequestInit } from 'twodoors/testing';
import { type NunjucksOptions, nunjucks } from 'twodoors/views';
import { urlEvent } from './fixtures/events/events.js';

/** The members that may be left out, but not be `undefined`: an error under `exactOptionalPropertyTypes`. */
type Strict<T> = {
  [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? (undefined extends Required<T>[K] ? never : K) : never;
}[keyof T];

/** Fails to compile where an option cannot be `undefined`. */
type AllLoose<T extends never> = T;
type Checked = AllLoose<
  | Strict<AppOptions>
  | Strict<ControllerOptions>
  | Strict<ParamOptions>
  | Strict<UploadOptions>
  | Strict<HttpErrorOptions>
  | Strict<ReplyInit>
  | Strict<ServerSentEvent>
  | Strict<SseOptions>
  | Strict<ValidatorOptions>
  | Strict<KoaOptions>
  | Strict<RouterOptions>
  | Strict<ServeOptions>
  | Strict<HandlerOptions>
  | Strict<StreamingHandlerOptions>
  | Strict<DoorsOptions>
  | Strict<GatewayContext>
  | Strict<TestRequestInit>
  | Strict<NunjucksOptions>
>;

class Note {
  @IsString() title!: string;
}

@Controller('/', { scope: undefined })
class NoteController {
  @Get() list(@Query('n', Number, { optional: undefined, required: undefined, groups: undefined }) n = 7) {
    return new HttpReply(String(n), { status: undefined, headers: undefined, cookies: undefined });
  }
  @Get('/error') error() {
    throw new HttpError(404, 'gone', { headers: undefined, expose: undefined, cause: undefined, errors: undefined });
  }
  @Get('/events') events() {
    const event: ServerSentEvent = { event: undefined, id: undefined, retry: undefined, comment: undefined, data: 1 };
    async function* one() {
      yield event;
    }
    return sse(one(), { heartbeat: undefined });
  }
  @Post() create(@Body(String) text: string) {
    return text;
  }
}

const app = defineApp({
  controllers: [NoteController],
  views: undefined,
  resolve: undefined,
  use: undefined,
  strict: undefined,
  caseSensitive: undefined,
  bodyLimit: undefined,
  unknownProperties: undefined,
  timeout: undefined,
  trustProxy: undefined,
  onStart: undefined,
  onStop: undefined,
  onError: undefined,
  problem: undefined,
  development: undefined,
  log: undefined,
});

test('an option that is undefined has its default', async () => {
  const doors = await openDoors(app, { doors: undefined });
  try {
    for (const door of doors) {
      const init = { method: undefined, headers: undefined, body: undefined, json: undefined, form: undefined };
      expect(await door.request('/', init)).toMatchObject({ status: 200 });
      expect((await door.request('/')).text()).toBe('7');
      expect((await door.request('/error')).json()).toMatchObject({ status: 404, detail: 'gone' });
      expect((await door.request('/events')).text()).toBe(':\n\ndata: 1\n\n');
      expect((await door.request('/', { body: 'x', headers: { 'content-type': 'text/plain' } })).text()).toBe('x');
    }
  } finally {
    await doors.close();
  }
});

test('the type of each option has undefined', () => {
  const strict: Checked[] = [];
  expect(strict).toEqual([]);
});

test('so it is at each door, in a gateway, in a validator and in views', async () => {
  expect(toKoa(app, { claims: undefined, basePath: undefined }).middleware).toHaveLength(1);
  expect(toRouter(app, { basePath: undefined, prefix: undefined }).url('NoteController.error')).toBe('/error');
  const handler = createHandler(app, { basePath: undefined, deadlineMarginMs: undefined, onOtherEvent: undefined });
  expect(await handler(urlEvent({ rawPath: '/' }))).toMatchObject({ statusCode: 200, body: '7' });
  const context: GatewayContext = { stage: undefined, sourceIp: undefined, time: undefined, requestId: undefined };
  const request = { method: 'GET', target: '/', headers: [], body: new Uint8Array(0) };
  for (const gateway of Object.values(gateways)) {
    expect(await handler(gateway.toEvent(request, context))).toMatchObject({ statusCode: 200, body: '7' });
  }
  const validate = compileValidator(Note, { unknownProperties: undefined, mode: undefined, source: undefined });
  expect(validate({ title: 'x' })).toBeDefined();
  expect(nunjucks({ folder: undefined, filters: undefined, globals: undefined })).toBeDefined();
});
