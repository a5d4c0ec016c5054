import { type AppOptions, Controller, defineApp, Get, type StartupError, Use } from 'twodoors';
import {
  type AuthOptions,
  auth,
  type BearerOptions,
  basicAuth,
  bearer,
  CurrentUser,
  LoginRequired,
  session,
} from 'twodoors/auth';
import { toKoa } from 'twodoors/koa';
import { createHandler } from 'twodoors/lambda';
import { sessions } from 'twodoors/sessions';
import { outlineOf } from '../../../src/runtime/declarations/calls/outline.js';
import { describeMistake } from '../../../src/runtime/declarations/mistakes.js';
import { planApp } from '../../../src/runtime/plan/plan-app.js';
import { writePlan } from '../../../src/runtime/plan/write-plan.js';

const loadUser = (id: number) => ({ id });
const withSessions = sessions({ secret: 'secret' });

@Controller()
class HomeController {
  @Get() home() {
    return 'home';
  }
}

@Controller('/m')
class MethodController {
  @Get('/required') @LoginRequired() required() {
    return 'in';
  }
  @Get('/user') user(@CurrentUser() user: object) {
    return user;
  }
  @Get('/optional') optional(@CurrentUser({ optional: true }) user?: object) {
    return user ?? {};
  }
  @Get('/public') public() {
    return 'public';
  }
}

@Controller()
@LoginRequired()
class WholeController {
  @Get('/login') login() {
    return 'page';
  }
}

function mistakesOf(options: Partial<AppOptions>): readonly string[] {
  const app = defineApp({ controllers: [HomeController], ...options });
  try {
    createHandler(app);
  } catch (error) {
    expect(() => toKoa(app)).toThrow((error as Error).message);
    return (error as StartupError).mistakes.map(describeMistake);
  }
  return [];
}

const signingIn = (options: Partial<AuthOptions<object, number>> = {}) => auth({ loadUser, ...options });

test.each<[rule: string, options: Partial<AppOptions>, mistakes: unknown[]]>([
  ['auth after sessions', { use: [withSessions, signingIn()] }, []],
  [
    'auth without sessions',
    { use: [signingIn()] },
    [
      expect.stringMatching(
        /^defineApp, use\[0\]: auth\(\): users are known by their session, and the app has no sess/,
      ),
    ],
  ],
  [
    'auth before sessions',
    { use: [signingIn(), withSessions] },
    [expect.stringMatching(/^defineApp, use\[0\]: auth\(\): it stands before sessions\(\)/)],
  ],
  ['auth that needs no sessions', { use: [signingIn({ identify: () => 1 })] }, []],
  [
    'auth twice',
    { use: [withSessions, signingIn(), signingIn()] },
    [expect.stringMatching(/^defineApp, use\[2\]: auth\(\): it is there twice/)],
  ],
  [
    'no way to load users, and no way to know them',
    { use: [auth({ identify: [] } as never)] },
    [expect.stringMatching(/loadUser is missing/), expect.stringMatching(/identify is an empty list/)],
  ],
  [
    'an identifier of another type',
    { use: [auth({ loadUser, identify: ['session'] } as never)] },
    [expect.stringMatching(/identify has a value that is not an identifier/)],
  ],
  ...['login', '//evil', '/\\evil', '/a b', 'https://a.example/login', '/login#x', ''].map(
    (loginUrl): [string, Partial<AppOptions>, unknown[]] => [
      `the login page ${JSON.stringify(loginUrl)}`,
      { use: [withSessions, signingIn({ loginUrl })] },
      [expect.stringMatching(/loginUrl: ".*" is not a path of the app/)],
    ],
  ),
  ['a login page with a query', { use: [withSessions, signingIn({ loginUrl: '/login?from=app' })] }, []],
  [
    'routes for users without auth',
    { controllers: [MethodController, WholeController] },
    [
      expect.stringMatching(
        /^MethodController\.required, @LoginRequired: the app does not know its users\. Add auth\(\{ loadUser \}\)/,
      ),
      expect.stringMatching(/^MethodController\.user, @CurrentUser: the app does not know its users/),
      expect.stringMatching(/^MethodController\.optional, @CurrentUser: the app does not know its users/),
      expect.stringMatching(/^WholeController\.login, @LoginRequired: the app does not know its users/),
    ],
  ],
  [
    'a login page for users alone',
    { controllers: [WholeController], use: [withSessions, signingIn({ loginUrl: '/login' })] },
    [expect.stringMatching(/^WholeController\.login, @LoginRequired: it is the login page of auth\(/)],
  ],
])('at startup: %s', (_rule, options, mistakes) => {
  expect(mistakesOf(options)).toEqual(mistakes);
});

test('auth on a class is before what stands inside of it, and not before what stands around it', () => {
  @Controller('/in')
  @Use(signingIn({ identify: () => 1 }))
  class Inside {
    @Get() @LoginRequired() show() {
      return 'in';
    }
  }
  @Controller('/out')
  @LoginRequired()
  class Outside {
    @Get() @Use(signingIn({ identify: () => 1 })) show() {
      return 'in';
    }
  }
  expect(mistakesOf({ controllers: [Inside] })).toEqual([]);
  expect(mistakesOf({ controllers: [Outside] })).toEqual([expect.stringMatching(/^Outside\.show, @LoginRequired/)]);
});

test('a decorator that nothing reads is named', () => {
  class Base {
    @Get('/a') a() {
      return 'a';
    }
    @Get('/b') b(_user?: object) {
      return 'b';
    }
  }
  @Controller()
  class Derived extends Base {
    @LoginRequired() override a() {
      return 'a';
    }
    override b(@CurrentUser() _user: object = {}) {
      return 'b';
    }
  }
  expect(mistakesOf({ controllers: [Derived], use: [withSessions, signingIn()] })).toEqual([
    expect.stringMatching(/^Derived\.a: it overrides a route, .*: @LoginRequired would apply to nothing/),
    expect.stringMatching(/^Derived\.b: it overrides a route, .*: @CurrentUser would apply to nothing/),
  ]);
});

test('twice on a method is a mistake', () => {
  @Controller()
  class Twice {
    @Get() @LoginRequired() @LoginRequired() show() {
      return 'in';
    }
  }
  expect(mistakesOf({ controllers: [Twice], use: [withSessions, signingIn()] })).toEqual([
    expect.stringMatching(/^Twice\.show, @LoginRequired: it is there twice/),
  ]);
});

test('without parentheses they throw where they stand', () => {
  expect(() => {
    @Controller()
    class Bare {
      @Get() @(LoginRequired as unknown as MethodDecorator) show() {
        return 'in';
      }
    }
    return Bare;
  }).toThrow(/@LoginRequired/);
  expect(() => {
    @Controller()
    class Bare {
      @Get() show(@(CurrentUser as unknown as ParameterDecorator) _user: object) {
        return 'in';
      }
    }
    return Bare;
  }).toThrow(/@CurrentUser/);
});

const RIGHT = { issuer: 'https://i.example', audience: 'a', jwks: 'https://i.example/jwks.json' };

test.each<[rule: string, options: object, mistakes: unknown[]]>([
  ['all that is needed', RIGHT, []],
  ['functions', { issuer: () => 'i', audience: () => 'a', jwks: () => 'https://i.example' }, []],
  ['keys at an address of this machine', { ...RIGHT, jwks: 'http://localhost:8080/jwks' }, []],
  ['the keys themselves', { ...RIGHT, jwks: { keys: [] } }, []],
  ['a secret', { issuer: 'i', audience: 'a', secret: 'x'.repeat(32) }, []],
  ['no audience, said so', { ...RIGHT, audience: false }, []],
  [
    'nothing',
    {},
    [/issuer is missing/, /audience is missing/, /either jwks, the address of the public keys, or secret/],
  ],
  ['empty values', { ...RIGHT, issuer: '', audience: [] }, [/issuer is missing/, /audience is missing/]],
  ['keys and a secret', { ...RIGHT, secret: 'x'.repeat(32) }, [/either jwks/]],
  ['keys over http', { ...RIGHT, jwks: 'http://i.example/jwks' }, [/is not an https address/]],
  ['keys in a file', { ...RIGHT, jwks: 'file:///jwks.json' }, [/is not an https address/]],
  ['keys without a list', { ...RIGHT, jwks: { kty: 'RSA' } }, [/jwks has no list of keys/]],
  ['a short secret', { issuer: 'i', audience: 'a', secret: ['x'.repeat(32), 'short'] }, [/shorter than 32 bytes/]],
  ['an algorithm of secrets for keys', { ...RIGHT, algorithms: ['RS256', 'HS256'] }, [/are not algorithms for jwks/]],
  ['the algorithm none', { ...RIGHT, algorithms: ['none'] }, [/are not algorithms for jwks/]],
  ['no algorithm', { ...RIGHT, algorithms: [] }, [/are not algorithms for jwks/]],
  [
    'an algorithm of keys for a secret',
    { issuer: 'i', audience: 'a', secret: 'x'.repeat(32), algorithms: ['RS256'] },
    [/are not algorithms for a secret/],
  ],
  ['a tolerance of days', { ...RIGHT, clockTolerance: 86_400 }, [/clockTolerance: 86400/]],
])('bearer with %s', (_rule, options, mistakes) => {
  const identify = bearer(options as BearerOptions);
  expect(mistakesOf({ use: [auth({ loadUser: (id: string) => ({ id }), identify })] })).toEqual(
    mistakes.map((mistake) => expect.stringMatching(mistake as RegExp)),
  );
});

test('basicAuth without verify, and with a realm that would end its quotes', () => {
  const identify = basicAuth<number>({ realm: 'a"b' } as never);
  expect(mistakesOf({ use: [auth({ loadUser, identify: identify as never })] })).toEqual([
    expect.stringMatching(/basicAuth\(\): verify is missing/),
    expect.stringMatching(/basicAuth\(\): realm must be ASCII/),
  ]);
});

describe('the plan', () => {
  const use = [
    sessions({ secret: 'secret', name: 'sid' }),
    signingIn({ identify: [session, bearer({ ...RIGHT, userId: () => 1 }), basicAuth({ verify: () => 1 }), () => 1] }),
  ];
  const plan = planApp(defineApp({ controllers: [MethodController], use }).options);

  test('has how clients say who they are', () => {
    expect(plan.options.auth).toEqual([
      { scheme: 'session', cookie: 'sid' },
      { scheme: 'bearer' },
      { scheme: 'basic' },
      { scheme: 'other' },
    ]);
    expect(planApp(defineApp({ controllers: [HomeController] }).options).options).not.toHaveProperty('auth');
  });

  test('has which routes are for users', () => {
    expect(plan.routes.map(({ member, login }) => [member, login])).toEqual([
      ['optional', 'optional'],
      ['public', undefined],
      ['required', 'required'],
      ['user', 'required'],
    ]);
  });

  test('is JSON, and another one where a decorator was added', () => {
    const routes = () => writePlan(plan, outlineOf({ controllers: [MethodController], use })).kinds;
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(routes()).toContain('"login":"required"');
    const [optional, open, required] = plan.routes;
    expect(new Set([optional!.fingerprint, open!.fingerprint, required!.fingerprint]).size).toBe(3);
  });
});
