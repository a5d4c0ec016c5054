/** What docs/architecture.md shows of a plan is what is planned. */

import { readFileSync } from 'node:fs';
import { Controller, Get, Param, Query } from 'twodoors';
import { planApp } from '../src/runtime/plan/plan-app.js';

@Controller()
class HelloController {
  @Get('/hello/:name')
  hello(@Param('name') name: string, @Query('times') times: number = 1) {
    return { hello: name, times };
  }
}

const page = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');
const plan = planApp({ controllers: [HelloController] });

test('the plan of a route is as it is shown', () => {
  const [, shown] = /hello -> its plan\n( *\{\n *"method": "GET"[\s\S]*?)```/.exec(page)!;
  const { fingerprint, ...route } = plan.routes[0]!;
  expect(JSON.parse(shown!)).toEqual(route);
  expect(fingerprint).not.toBe('');
});

test('so is the tree that leads to it', () => {
  const [shown] = /\{"literals":\{"hello":.*?\}(?=`)/.exec(page)!;
  expect(JSON.parse(shown)).toEqual(plan.tree);
});
