/** What is wrong with public folders is a startup mistake. */

import { dirname } from 'node:path';
import { type AppOptions, Controller, defineApp, Get, type PublicFolder, StartupError } from 'twodoors';
import { toKoa } from 'twodoors/koa';
import { makeFolder } from './public-folder.js';

const folder = makeFolder();
afterAll(() => folder.remove());

@Controller()
class Home {
  @Get('/') home() {
    return 'home';
  }
}

/** The mistakes of an app with this option, as text; undefined where it starts. */
function mistakesOf(option: unknown): string | undefined {
  try {
    toKoa(defineApp({ controllers: [Home], public: option as AppOptions['public'] }));
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError);
    return (error as StartupError).message;
  }
}

const WHOLE = 'holds the whole project, so that everybody could read its code and secrets.';

test.each<[unknown, string]>([
  [
    'src/publik',
    `defineApp, public: there is no folder "src/publik" in ${process.cwd()}. Create it, or correct its name; a build without a plan copies what "public" in twodoors.config.ts lists.`,
  ],
  ['package.json', 'there is no folder "package.json"'],
  ['', "defineApp, public: it has no root. Name the folder: { root: 'src/public' }."],
  ['.', WHOLE],
  ['./', WHOLE],
  ['src/..', WHOLE],
  ['..', WHOLE],
  [process.cwd(), WHOLE],
  [dirname(process.cwd()), WHOLE],
  ['/', WHOLE],
  [7, 'defineApp, public: it must be a folder'],
  [null, 'defineApp, public: it must be a folder'],
  [{ root: 'src/views' }, 'defineApp, public: it must be a folder'],
  [['src/views'], 'defineApp, public[0]: it is not an object.'],
  [[{ prefix: '/a' }], 'defineApp, public[0]: it has no root.'],
  [[{ root: 'src/views' }, { root: 'none' }], 'defineApp, public[1]: there is no folder "none"'],
  [[{ root: 'src/views', prefix: '/:id' }], 'the prefix "/:id" is not a plain path.'],
  [[{ root: 'src/views', prefix: '/a?b' }], 'is not a plain path'],
  [[{ root: 'src/views', prefix: '/b c' }], 'is not a plain path'],
  [[{ root: 'src/views', prefix: '/a%zz' }], 'is not a plain path'],
  [[{ root: 'src/views', prefix: '/a%00' }], 'is not a plain path'],
  [[{ root: 'src/views', prefix: 7 }], 'is not a plain path'],
  [[{ root: 'src/views', maxAge: -1 }], 'maxAge is -1. Use a whole number of seconds, from 0 on.'],
  [[{ root: 'src/views', maxAge: '60' }], 'maxAge is "60".'],
  [[{ root: 'src/views', maxAge: 1.5 }], 'maxAge is 1.5.'],
  [[{ root: 'src/views', immutable: 'yes' }], 'immutable must be true or false.'],
  [[{ root: 'src/views', maxage: 60 }], '"maxage" is not an option. Use root, prefix, maxAge, immutable.'],
])('public: %j', (option, message) => {
  expect(mistakesOf(option)).toContain(message);
});

test.each<[unknown]>([
  [undefined],
  ['src/views'],
  ['./src/views/'],
  [folder.root],
  [[]],
  [[{ root: 'src/views', prefix: undefined, maxAge: undefined, immutable: undefined }]],
  [[{ root: 'src/views', prefix: '/static/', maxAge: 0 }]],
  [[{ root: 'src/views', prefix: '/' }]],
  [[{ root: 'src/views', prefix: 'a/b%20c' }] satisfies PublicFolder[]],
])('public: %j is right', (option) => {
  expect(mistakesOf(option)).toBe(undefined);
});

test('all mistakes are reported at once', () => {
  expect(mistakesOf([{ root: 'none', prefix: '/a' }, { root: '' }])).toContain('There are 2 mistakes');
});
