import { Controller, defineApp, Get, HttpCode, Param, Post, Query } from 'twodoors';
import { inject } from 'twodoors/testing';

@Controller('/base')
class BaseController {
  @Get('/kept/:id') @HttpCode(203) kept(@Param('id') id: number, @Query('q?') q?: string): unknown {
    return { base: id, q };
  }
  @Get('/replaced/:id') @HttpCode(203) replaced(@Param('id') id: number): unknown {
    return { base: id };
  }
  @Get('/untouched') untouched() {
    return this.name();
  }
  name() {
    return 'base';
  }
}

@Controller('/sub')
class SubController extends BaseController {
  override kept(id: number, q?: string): unknown {
    return { sub: id, q };
  }
  @Post('/other/:key') override replaced(@Param('key', String) key: number): unknown {
    return { sub: key };
  }
  override name() {
    return 'sub';
  }
}

class BareController extends SubController {}

const app = defineApp({ controllers: [BaseController, SubController] });

test.each([
  ['a base class has its own routes', '/base/kept/1', 203, { base: 1 }],
  [
    'an override without route decorators keeps the routes and parameters whole',
    '/sub/kept/2?q=x',
    203,
    { sub: 2, q: 'x' },
  ],
  [
    'and the conversions of its parameters',
    '/sub/kept/x',
    404,
    expect.objectContaining({ errors: [expect.objectContaining({ in: 'path' })] }),
  ],
  ['an inherited route is called on the subclass', '/sub/untouched', 200, 'sub'],
  ['prefixes do not add up', '/base/sub/untouched', 404, expect.anything()],
  ['an override with a route decorator replaces the routes', '/sub/replaced/1', 404, expect.anything()],
])('%s', async (_rule, target, status, expected) => {
  const response = await inject(app, target);
  expect(response.status).toBe(status);
  const body = response.headers['content-type']!.includes('json') ? response.json() : response.text();
  expect(body).toEqual(expected);
});

test('an override with a route decorator declares its own parameters', async () => {
  const response = await inject(app, '/sub/other/k', { method: 'POST' });
  expect([response.status, response.json()]).toEqual([200, { sub: 'k' }]);
});

test('a subclass without @Controller takes its base class prefix', async () => {
  const bare = defineApp({ controllers: [BareController] });
  expect((await inject(bare, '/sub/untouched')).text()).toBe('sub');
});
