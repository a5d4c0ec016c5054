import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { App } from 'twodoors';
import { openapi } from 'twodoors/openapi';
import { REPOSITORY } from '../../source-files.js';

/** An app of a suite, and which one it is. */
export interface SuiteApp {
  /** `contract/binding` */
  readonly suite: string;
  /** `contract/binding 1` */
  readonly name: string;
  readonly app: App;
}

/** The folders of the suites whose controllers are tables of rules. */
const FOLDERS = ['contract', 'forms', 'validation'];

/** What the apps of suites are: all that they define on loading, and each controller that none of those has. */
export interface SuiteApps {
  readonly apps: readonly SuiteApp[];
  /** The controllers that are no app, since they have mistakes; the suites hold what is said of them. */
  readonly mistaken: readonly string[];
}

const skip: unknown = Object.assign(() => {}, { each: () => () => {}, only: () => {}, skip: () => {} });
/** Describe blocks run, tests do not. What a suite made on loading, it removes at the end. */
const STUBS: Record<string, unknown> = {
  test: skip,
  it: skip,
  beforeAll: skip,
  beforeEach: skip,
  afterEach: skip,
  describe: Object.assign((_name: string, define: () => void) => define(), { each: () => () => {} }),
};

/**
 * Loads the suites without running their tests, and gathers their apps and controllers. The suites know nothing of it, so no
 * new controller can be forgotten.
 */
export async function loadSuiteApps(): Promise<SuiteApps> {
  const real = await import('twodoors');
  const apps: App[] = [];
  const controllers = new Set<new () => object>();
  const defineApp: typeof real.defineApp = (options) => {
    const app = real.defineApp(options);
    apps.push(app);
    return app;
  };
  const Controller: typeof real.Controller = (...args) => {
    const decorate = real.Controller(...args);
    return (target) => {
      controllers.add(target as unknown as new () => object);
      return decorate(target);
    };
  };
  jest.unstable_mockModule('twodoors', () => ({ ...real, defineApp, Controller }));
  const all = globalThis as unknown as Record<string, unknown>;
  const kept = Object.fromEntries(Object.keys(STUBS).map((name) => [name, all[name]]));
  const found: SuiteApp[] = [];
  const mistaken: string[] = [];
  Object.assign(all, STUBS);
  try {
    for (const file of suiteFiles()) {
      await import(`../../${file}.test.ts`);
      const own = new Set(apps.flatMap(({ options }) => options.controllers as unknown[]));
      const single = [...controllers].filter((type) => !own.has(type));
      const each = [...apps.splice(0), ...single.map((type) => real.defineApp({ controllers: [type] }))];
      controllers.clear();
      for (const [i, app] of each.entries()) {
        if (startsUp(app)) found.push({ suite: file, name: `${file} ${i + 1}`, app });
        else mistaken.push(`${file}: ${app.options.controllers.map(({ name }) => name).join(', ')}`);
      }
    }
  } finally {
    Object.assign(all, kept);
  }
  return { apps: found, mistaken };
}

function suiteFiles(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(REPOSITORY, 'test', folder))
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name.replace(/\.test\.ts$/, '')}`),
  );
}

function startsUp(app: App): boolean {
  try {
    openapi(app);
    return true;
  } catch {
    return false;
  }
}
