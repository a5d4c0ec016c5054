import 'reflect-metadata';
import { container } from 'tsyringe';
import { defineApp } from 'twodoors';
import { inject } from 'twodoors/testing';
import { app, HelloController } from '../src/app.js';
import { VisitStore } from '../src/visits.js';

test('the container creates the controller and what it needs, once', async () => {
  expect((await inject(app, '/hello/Ada')).text()).toBe('Hello, Ada! You are visitor 1.');
  expect((await inject(app, '/hello/Ben')).text()).toBe('Hello, Ben! You are visitor 2.');
});

test('a test gives another store through a container of its own', async () => {
  const tested = container.createChildContainer();
  tested.registerInstance(VisitStore, { add: () => 42 } as VisitStore);
  const own = defineApp({ controllers: [HelloController], resolve: (type) => tested.resolve(type) });
  expect((await inject(own, '/hello/Ada')).text()).toBe('Hello, Ada! You are visitor 42.');
});
