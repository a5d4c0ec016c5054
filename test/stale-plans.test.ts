import { jest } from '@jest/globals';
import {
  All,
  type App,
  Body,
  BodyLimit,
  ContentType,
  Controller,
  Cookie,
  CsrfExempt,
  defineApp,
  Get,
  Header,
  Headers,
  HttpCode,
  OnInvalid,
  OnNull,
  oneOf,
  Param,
  Post,
  Query,
  Redirect,
  UseInterceptor,
  type ViewEngine,
} from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import { inject } from 'twodoors/testing';
import { outlineOf } from '../src/runtime/declarations/calls/outline.js';
import { openDispatcher } from '../src/runtime/dispatch/dispatcher.js';
import { fingerprintOfRoute } from '../src/runtime/plan/fingerprints/fingerprint-of-route.js';
import { planApp } from '../src/runtime/plan/plan-app.js';
import type { PlanText } from '../src/runtime/plan/plan-source.js';
import { readyPlans } from '../src/runtime/plan/ready-plans.js';
import { writePlan } from '../src/runtime/plan/write-plan.js';

// A plan that a build has made is used for the app that was built, and for no other.

type Options = Partial<App['options']>;

/** An app with one method, which has these decorators. */
function appOf(decorators: readonly unknown[], options: Options = {}, prefix = ''): App {
  class PlainController {
    show(value: unknown = null) {
      return { value };
    }
  }
  const { prototype } = PlainController;
  for (const decorate of decorators.toReversed()) {
    (decorate as (...target: unknown[]) => void)(prototype, 'show', Object.getOwnPropertyDescriptor(prototype, 'show'));
  }
  Controller(prefix)(PlainController);
  return defineApp({ ...options, controllers: [PlainController] });
}

const listOf = (app: App) => app.options.controllers;

/** A decorator of the method's first parameter. */
const first = (decorate: ParameterDecorator) => (target: object, name: string) => decorate(target, name, 0);

/** What is logged when an app is opened, and asked, with the plan of another. */
async function logOf(built: App, started: App): Promise<readonly string[]> {
  const plans = readyPlans as PlanText[];
  plans.push(writePlan(planApp(built.options), outlineOf(built.options)));
  const log = jest.spyOn(console, 'error').mockImplementation(() => {});
  try {
    await inject(started, '/items/1');
    return log.mock.calls.map(([text]) => String(text)).filter((text) => text.startsWith('twodoors: '));
  } finally {
    log.mockRestore();
    plans.length = 0;
  }
}

const path = Get('/items/:id');

test.each<[what: string, built: readonly unknown[], started: readonly unknown[]]>([
  ['status', [path], [path, HttpCode(201)]],
  ['status for null', [path, OnNull(404)], [path, OnNull(410)]],
  ['content type', [path, ContentType('text/csv')], [path]],
  ['header', [path, Header('x-a', '1')], [path, Header('x-a', '2')]],
  ['location of a redirect', [path, Redirect('/a')], [path, Redirect('/b')]],
  ['number of interceptors', [path], [path, UseInterceptor((value) => value)]],
  ['limit of the body', [path], [path, BodyLimit(10)]],
  ['limit that became infinite', [path, BodyLimit(10)], [path, BodyLimit(Number.POSITIVE_INFINITY)]],
  ['exemption from the check of forms', [All('/items/:id')], [All('/items/:id'), CsrfExempt()]],
  ['name of a value', [path, first(Query('a', String))], [path, first(Query('b', String))]],
  ['source of a value', [path, first(Headers('a', String))], [path, first(Cookie('a', String))]],
  ['type of a value', [path, first(Query('a', String))], [path, first(Query('a', Number))]],
  ['type that became a list', [path, first(Query('a', String))], [path, first(Query('a', [String]))]],
  ['choice of values', [path, first(Query('a', oneOf('x')))], [path, first(Query('a', oneOf('y')))]],
  ['option of a value', [path, first(Query('a', String))], [path, first(Query('a?', String))]],
  ['separator', [path, first(Query('a', [String]))], [path, first(Query('a', [String], { separator: ',' }))]],
  ['parameter that lost its decorator', [path, first(Param('id', String))], [path]],
])('another %s: the app is read afresh when its route is asked', async (_what, built, started) => {
  expect(await logOf(appOf(built), appOf(started))).toEqual([
    'twodoors: PlainController.show is another than when the function was built, so the app is read afresh.',
  ]);
  expect(await logOf(appOf(started), appOf(started))).toEqual([]);
});

/** An app whose form is shown again by this view, and whose page has these decorators. */
function formAppOf(view: string, ...page: MethodDecorator[]): App {
  class FormController {
    page(value: unknown = null) {
      return { value };
    }
    send() {}
  }
  const { prototype } = FormController;
  const decorate = (name: 'page' | 'send', ...decorators: MethodDecorator[]) => {
    for (const each of decorators) each(prototype, name, Object.getOwnPropertyDescriptor(prototype, name)!);
  };
  decorate('page', Get('/items/:id/page'), ...page);
  decorate('send', All('/items/:id'), OnInvalid(view, 'page') as MethodDecorator);
  Controller()(FormController);
  const views: ViewEngine = { findMistake: () => undefined, render: () => '' };
  return defineApp({ controllers: [FormController], views });
}

test.each<[what: string, started: App]>([
  ['view of a form', formAppOf('b')],
  ['page of a form', formAppOf('a', first(Query('q?', String)) as MethodDecorator)],
  ['reply of its page', formAppOf('a', OnNull(404))],
])('another %s: the app is read afresh when its route is asked', async (_what, started) => {
  expect(await logOf(formAppOf('a'), started)).toEqual([
    'twodoors: FormController.send is another than when the function was built, so the app is read afresh.',
  ]);
  expect(await logOf(started, started)).toEqual([]);
});

test.each<[what: string, built: App, started: App]>([
  ['path', appOf([path]), appOf([Get('/items/:other')])],
  ['method', appOf([path]), appOf([Post('/items/:id')])],
  ['prefix', appOf([Get('/:id')], {}, '/items'), appOf([Get('/:id')], {}, '/others')],
  ['option', appOf([path]), appOf([path], { strict: true })],
  ['number', appOf([path], { bodyLimit: 10 }), appOf([path], { bodyLimit: Number.POSITIVE_INFINITY })],
  [
    'list of controllers',
    appOf([path]),
    defineApp({ controllers: [...listOf(appOf([path])), ...listOf(appOf([Get('/x')])).map(renamed)] }),
  ],
])('another %s: the app is read afresh when it starts', async (_what, built, started) => {
  expect(await logOf(built, started)).toEqual([
    'twodoors: the app is another than when the function was built, so it is read afresh.',
  ]);
});

test('another number of interceptors of the app: the app is read afresh when its route is asked', async () => {
  const keep = (value: unknown) => value;
  const [one, two] = [[keep], [keep, keep]].map((interceptors) => appOf([path], { interceptors }));
  expect(await logOf(one!, two!)).toEqual([
    'twodoors: PlainController.show is another than when the function was built, so the app is read afresh.',
  ]);
  expect(await logOf(one!, one!)).toEqual([]);
});
/** Two controllers of one name are a mistake. */
function renamed<T extends object>(type: T): T {
  return Object.defineProperty(type, 'name', { value: 'OtherController' });
}

test('apps that have the same pieces in another order, or divided otherwise, have other outlines', () => {
  class Base {}
  class Empty {}
  const derived = () => {
    class PlainController extends Base {}
    Controller('/a')(PlainController);
    return PlainController;
  };
  /** A controller whose base classes, the nearest first, have routes with these paths. */
  const above = (...paths: readonly (string | readonly string[])[]) => {
    let type: new () => object = Object;
    for (const each of paths.toReversed()) {
      const Parent = type;
      type = class Link extends Parent {
        y() {}
      };
      if (each.length > 0) Get(each)(type.prototype, 'y', Object.getOwnPropertyDescriptor(type.prototype, 'y')!);
    }
    class Inherits extends type {}
    Controller('/p')(Inherits);
    return [Inherits];
  };
  const apps = [
    appOf([path, first(Query('a', String))], { strict: true, trustProxy: ['10.0.0.0/8'] }, '/v1'),
    appOf([path], { strict: true, trustProxy: ['10.0.0.0/8', '10.0.0.0/8'] }, '/v1'),
    appOf([path], { strict: true, trustProxy: true }, '/v1'),
    appOf([path], { strict: false, trustProxy: [] }, '/v1'),
    appOf([path], { use: [] }, '/v1'),
    appOf([path], { use: [() => undefined as never] }, '/v1'),
    appOf([path], { onError: () => undefined }, '/v1'),
    appOf([path], { bodyLimit: Number.NaN }, '/v1'),
    appOf([path], { bodyLimit: null as never }, '/v1'),
    appOf([path], { bodyLimit: 'null' as never }, '/v1'),
    appOf([path], {}, '/v1'),
    appOf([path, path], {}, '/v1'),
    appOf([Get(['/a', '/b'])]),
    appOf([Get(['/b', '/a'])]),
    appOf([Get(['/a /b'])]),
    appOf([Get(['/a,/b'])]),
    appOf([Get('/a'), Get('/b')]),
    appOf([Get('/a'), Post('/b')]),
    appOf([Get('/a')], {}, '/b'),
    appOf([Get('/b')], {}, '/a'),
    appOf([], {}, '/a'),
    appOf([HttpCode(201)], {}, '/a'),
    ...[above(['a', '']), above('a', []), above(['a', 'y', '1@Get', 'b']), above('a', 'b')].map((controllers) =>
      defineApp({ controllers }),
    ),
    ...[[derived()], [derived(), Base], [derived(), Empty, Empty], [derived(), undefined], [{}]].map((controllers) =>
      defineApp({ controllers: controllers as never }),
    ),
    defineApp({ controllers: undefined as never }),
  ];
  const outlines = apps.map(({ options }) => outlineOf(options));
  expect(outlines.filter((outline, i) => outlines.indexOf(outline) !== i)).toEqual([]);
});

test('values that JSON writes alike, or leaves out, are not the same to a plan', () => {
  const at = '1970-01-01T00:00:00.000Z';
  const values = [undefined, null, 'null', Number.NaN, Number.POSITIVE_INFINITY, 1, '1', 1n, true, 'true', at, [at]];
  const objects = [new Date(at), [new Date(at)], { toJSON: () => at }, new URL('http://a.ch'), Symbol('a'), String];
  const members = [{}, { a: undefined }, { a: null }, { a: 1 }, { a: '1' }, { a: [] }, { a: () => at }];
  const fingerprints = [...values, ...objects, ...members].map((value) => {
    const { options } = appOf([path, first(Query('a', value as never))]);
    return fingerprintOfRoute(options.controllers[0]!, 'show', options);
  });
  expect(fingerprints.filter((fingerprint, i) => fingerprints.indexOf(fingerprint) !== i)).toEqual([]);
});

test('a plan is that of the same app', async () => {
  const app = appOf([Post('/items'), first(Body(Object))], { bodyLimit: 1000 }, '/v1');
  expect(await logOf(app, defineApp(app.options))).toEqual([]);
});

test.each([
  ['on-demand', 0],
  ['provisioned-concurrency', 1],
])('a function that is started as %s links all routes at the start %i times', (type, times) => {
  const app = appOf([Get('/a')]);
  const linkAll = jest.spyOn(openDispatcher(app).table, 'linkAll');
  process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] = type;
  try {
    createHandler(app);
  } finally {
    delete process.env['AWS_LAMBDA_INITIALIZATION_TYPE'];
  }
  expect(linkAll).toHaveBeenCalledTimes(times);
});
