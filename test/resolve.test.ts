import 'reflect-metadata';
import { asClass, asValue, createContainer, InjectionMode } from 'awilix';
import { Container, injectable as inversifyInjectable } from 'inversify';
import { injectable, Lifecycle, scoped, container as tsyringe } from 'tsyringe';
import { type AppOptions, Controller, defineApp, Get, type HttpRequest } from 'twodoors';
import { inject } from 'twodoors/testing';

/** Counts its instances: one for the app, or one for each request. */
let made = 0;

@injectable()
class Store {
  readonly number = ++made;
}

@injectable()
@Controller('/single')
class SingleController {
  readonly store: Store;
  constructor(store: Store) {
    this.store = store;
  }
  @Get('/') show() {
    return { store: this.store.number };
  }
}

@injectable()
@Controller('/scoped', { scope: 'request' })
class ScopedController {
  readonly store: Store;
  constructor(store: Store) {
    this.store = store;
  }
  @Get('/') show() {
    return { store: this.store.number };
  }
  @Get('/twice') twice() {
    return { store: this.store.number };
  }
}

const controllers = [SingleController, ScopedController];

async function expectLifetimes(options: Omit<AppOptions, 'controllers'>) {
  made = 0;
  const app = defineApp({ controllers, ...options });
  const ask = async (path: string) => (await inject(app, path)).json().store as number;
  const single = await ask('/single');
  expect(await ask('/single')).toBe(single);
  const scopedOnes = [await ask('/scoped'), await ask('/scoped'), await ask('/scoped/twice')];
  expect(new Set(scopedOnes).size).toBe(3);
  expect(scopedOnes).not.toContain(single);
}

test('tsyringe, with a child container for each request', async () => {
  await expectLifetimes({
    resolve: (type, request) => (request ? tsyringe.createChildContainer() : tsyringe).resolve(type),
  });
});

test('tsyringe, scoped to a container', async () => {
  @scoped(Lifecycle.ContainerScoped)
  class Shared {
    readonly number = ++made;
  }
  @injectable()
  @Controller('/shared', { scope: 'request' })
  class SharedController {
    readonly same: boolean;
    constructor(a: Shared, b: Shared) {
      this.same = a === b;
    }
    @Get('/') show() {
      return { same: this.same };
    }
  }
  const app = defineApp({
    controllers: [SharedController],
    resolve: (type, request) => (request ? tsyringe.createChildContainer() : tsyringe).resolve(type),
  });
  expect((await inject(app, '/shared')).json()).toEqual({ same: true });
});

test('inversify', async () => {
  const container = new Container({ defaultScope: 'Transient' });
  for (const type of [Store, SingleController, ScopedController]) {
    inversifyInjectable()(type);
    container.bind(type).toSelf();
  }
  await expectLifetimes({ resolve: (type) => container.get(type) });
});

test('inversify, asynchronously', async () => {
  @inversifyInjectable()
  @Controller('/late', { scope: 'request' })
  class LateController {
    @Get('/') show() {
      return 'late';
    }
  }
  const container = new Container();
  container.bind(LateController).toDynamicValue(async () => new LateController());
  const app = defineApp({ controllers: [LateController], resolve: (type) => container.getAsync(type) });
  expect((await inject(app, '/late')).text()).toBe('late');
});

test('awilix', async () => {
  const container = createContainer({ injectionMode: InjectionMode.CLASSIC });
  container.register({
    store: asClass(Store).scoped(),
    SingleController: asClass(SingleController),
    ScopedController: asClass(ScopedController),
  });
  await expectLifetimes({
    resolve: (type, request) => {
      const scope = request === undefined ? container : container.createScope();
      if (request !== undefined) scope.register({ request: asValue(request) });
      return scope.resolve(type.name);
    },
  });
});

test('a controller for each request is told the request', async () => {
  @Controller('/told', { scope: 'request' })
  class ToldController {
    readonly request: HttpRequest;
    constructor(request: HttpRequest) {
      this.request = request;
    }
    @Get('/:id') show() {
      return { path: this.request.path, params: this.request.params };
    }
  }
  const app = defineApp({
    controllers: [ToldController],
    resolve: (type, request) => new type(request),
  });
  expect((await inject(app, '/told/7')).json()).toEqual({ path: '/told/7', params: { id: '7' } });
});

test('a resolve that fails for a request is a logged 500, and the next request works', async () => {
  let isReady = false;
  const logged: unknown[] = [];
  @Controller('/flaky', { scope: 'request' })
  class FlakyController {
    @Get('/') show() {
      return 'fine';
    }
  }
  const app = defineApp({
    controllers: [FlakyController],
    resolve: (type) => {
      if (!isReady) throw new Error('not yet');
      return new type();
    },
    log: (error) => logged.push((error as Error).message),
  });
  expect((await inject(app, '/flaky')).status).toBe(500);
  isReady = true;
  expect((await inject(app, '/flaky')).text()).toBe('fine');
  expect(logged).toEqual(['not yet']);
});
