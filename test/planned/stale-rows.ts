import { type RawRequest, type TestRequestInit, toRawRequest } from 'twodoors/testing';

/**
 * When a function notices that its app is another than when it was built: while it loads, at the first request to what
 * changed, or never, since its plan depends on nothing that changed.
 */
export type Noticed = 'at load' | 'on request' | 'never';

/** A change of the environment, and requests to what it changes. */
export interface StaleRow {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly noticed: Noticed;
  readonly requests: readonly RawRequest[];
  /** Whether the app that is meant cannot start. */
  readonly isMistaken?: boolean;
  /** Whether what is replied is what the app that was built replies. */
  readonly isUnseen?: boolean;
}

const row = (
  noticed: Noticed,
  name: string,
  env: StaleRow['env'],
  requests: readonly RawRequest[],
  more: Partial<StaleRow> = {},
): StaleRow => ({ name, env, noticed, requests, ...more });

const get = (target: string) => toRawRequest(target);
const send = (target: string, init: TestRequestInit) => toRawRequest(target, init);
const post = (target: string, json: unknown) => send(target, { json });

const dto = (more: object = {}) => post('/bodies/dto', { n: 5, name: 'ab', ...more });
const bytes = (body: string) => [
  send('/bodies/kind', { body, headers: { 'content-type': 'application/json' } }),
  send('/bodies/kind', { body: '"function"', headers: { 'content-type': 'application/json' } }),
];

/** What an environment may change of an app. */
export const staleRows: readonly StaleRow[] = [
  row('at load', 'another controller', { ADDED: '1' }, [get('/more')]),
  row('at load', 'a controller less', { REMOVED: '1' }, [get('/selected/1')]),
  row('at load', 'another order of controllers', { REORDERED: '1' }, [dto(), get('/home/plain')], { isUnseen: true }),
  row('at load', 'another prefix', { PREFIX: '/start' }, [get('/start/plain'), get('/home/plain')]),
  row('at load', 'another path', { PATH_OF_SHOW: '/look/:id' }, [get('/home/look/1'), get('/home/show/1')]),
  row('at load', 'another method', { PUT: '1' }, [post('/home/method', 1), send('/home/method', { method: 'PUT' })]),
  row('at load', 'another scope', { SCOPE: '1' }, [dto()], { isUnseen: true }),
  row('at load', 'another scalar option of the app', { BODY_LIMIT: '10' }, [dto()]),
  row('at load', 'an option of the app more', { STRICT: '1' }, [get('/home/plain/')]),
  row('at load', 'a function of the app more', { ON_ERROR: '1' }, [get('/home/list')]),
  row('at load', 'another rule for unknown names', { KEEP: '1' }, [dto({ more: 1 })]),
  row('at load', 'a middleware of the app more', { MORE_USE: '1' }, [get('/home/plain'), get('/nowhere')]),
  row('on request', 'another type', { STRING_ID: '1' }, [get('/home/show/x'), get('/home/show/1')]),
  row('on request', 'another name', { NAME: 'r' }, [get('/home/named?q=a'), get('/home/named?r=a')]),
  row('on request', 'another name of a header', { HEADER_NAME: 'x-b' }, [
    send('/home/named?q=1', { headers: { 'x-a': 'a', 'x-b': 'b' } }),
  ]),
  row('on request', 'another option of a parameter', { OPTIONAL: '1' }, [get('/home/named')]),
  row('on request', 'a separator', { SEPARATOR: '1' }, [get('/home/list?n=1,2')]),
  row('on request', 'another lazy type', { LAZY: '1' }, [get('/home/lazy?n=1'), get('/home/lazy?n=x')]),
  row('on request', 'another status', { STATUS: '202' }, [get('/home/status')]),
  row('on request', 'another header', { OWN: 'other' }, [get('/home/status')]),
  row('on request', 'another content type', { TYPE: 'text/html' }, [get('/home/status')]),
  row('on request', 'another location', { LOCATION: '/elsewhere' }, [get('/home/moved')]),
  row('on request', 'another status of a redirect', { MOVED: '301' }, [get('/home/moved')]),
  row('on request', 'another argument of a validator', { MAX: '3' }, [dto()]),
  row('on request', 'a larger argument of a validator', { MAX: '7' }, [dto({ n: 7 })]),
  row('on request', 'another argument of a nested validator', { MAX_INNER: '3' }, [dto({ inner: { n: 4 } })]),
  row('on request', 'a validator more', { MORE: '1' }, [dto()]),
  row('on request', 'a validator less', { FEWER: '1' }, [dto({ name: 7 })]),
  row('on request', 'another nested class', { OTHER_INNER: '1' }, [
    dto({ inner: { n: 4 } }),
    dto({ inner: { n: '4' } }),
  ]),
  row('on request', 'another list of values', { IN: '1' }, [dto({ choice: 'a' }), dto({ choice: 1 })]),
  row('on request', 'another type of a property', { PROPERTY_TYPE: '1' }, [dto({ typed: 'a' }), dto({ typed: 1 })]),
  row('on request', 'another class as a DTO', { OTHER_DTO: '1' }, [dto(), post('/bodies/dto', { other: 1 })]),
  row('on request', 'another class with the same validators', { TWIN: '1' }, [
    post('/bodies/twin', {}),
    post('/bodies/twin', { name: 'a' }),
  ]),
  row('on request', 'another lazy class', { LAZY_DTO: '1' }, [post('/bodies/lazy', { other: 'a' })]),
  row('on request', 'another class of instances', { INSTANCE: '1' }, [
    post('/bodies/instance', { at: '2024-01-02T03:04:05Z' }),
    post('/bodies/instance', { at: 'http://a.ch/' }),
  ]),
  row('on request', 'no list', { NO_LIST: '1' }, [post('/bodies/list', [{ n: 1, name: 'a' }])]),
  row('on request', 'a stream in place of bytes', { STREAM: '1' }, bytes('[1]')),
  row('on request', 'a schema that is a function in place of bytes', { SCHEMA: '1' }, bytes('[1]')),
  row('on request', 'a class in place of bytes', { DTO: '1' }, bytes('{"n":1,"name":"a"}')),
  row('never', 'another schema', { WORD: 'other' }, [post('/bodies/schema', 'word'), post('/bodies/schema', 'other')]),
  row('never', 'another middleware of the app', { OTHER_USE: '1' }, [get('/home/plain'), get('/nowhere')]),
  row('never', 'another middleware of a class', { CLASS_USE: '1' }, [get('/home/plain')]),
  row('on request', 'a middleware of a method more', { METHOD_USE: '1' }, [get('/home/status')]),
  row('on request', 'an interceptor more', { INTERCEPTED: '1' }, [get('/home/status')]),
  row('never', 'another interceptor', { OTHER_INTERCEPTOR: '1' }, [get('/home/plain')]),
  row('at load', 'another controller with the same routes', { OTHER_CLASS: '1' }, [get('/selected/1')]),
  row('never', 'other metadata', { TAG: 'b' }, [get('/home/tag')]),
  row('never', 'a variable that nothing reads', { ELSE: '1' }, [get('/home/plain')], { isUnseen: true }),
  row('at load', 'an option of the app that is wrong', { BODY_LIMIT: '-1' }, [dto()], { isMistaken: true }),
  row('at load', 'a path that is wrong', { PATH_OF_SHOW: '/a/:' }, [get('/home/plain')], { isMistaken: true }),
  row('on request', 'a status that does not exist', { STATUS: '99' }, [get('/home/status')], { isMistaken: true }),
  row('on request', 'a parameter that the path lacks', { PARAM: 'other' }, [get('/home/show/1')], { isMistaken: true }),
  row('at load', 'another controller with a parameter that nothing binds', { WRONG_CLASS: '1' }, [get('/selected/1')], {
    isMistaken: true,
  }),
  row('on request', 'a lazy type that throws', { THROWS: '1' }, [get('/home/lazy?n=1')], { isMistaken: true }),
  row('on request', 'a class without validators', { BAD_DTO: '1' }, [dto()], { isMistaken: true }),
];
