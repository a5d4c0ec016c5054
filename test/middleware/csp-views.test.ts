/** The nonce of `securityHeaders()` in views, in files and in a bundle. */

import { Controller, defineApp, Get, Render } from 'twodoors';
import { securityHeaders } from 'twodoors/middleware';
import { inject } from 'twodoors/testing';
import { nunjucks, type ViewEngine } from 'twodoors/views';
import { enterProject, leaveProject, precompile, removeViewProjects } from '../view-projects.js';

@Controller()
class PageController {
  @Get('/page') @Render('page.html') page() {}
}

let engines: ViewEngine[];
beforeAll(async () => {
  const root = enterProject({ 'page.html': '<script nonce="{{ csp_nonce }}"></script>{{ csp_nonce }}' });
  engines = [nunjucks(), await precompile(root)];
  leaveProject();
});
afterAll(removeViewProjects);

test.each([0, 1])('a view has the nonce of its reply: engine %i', async (engine) => {
  const app = defineApp({ controllers: [PageController], views: engines[engine], use: [securityHeaders()] });
  const { headers, text } = await inject(app, '/page');
  const nonce = /'nonce-([\w-]{22})'/.exec(headers['content-security-policy']!)?.[1];
  expect(text()).toBe(`<script nonce="${nonce}"></script>${nonce}`);
  const again = await inject(app, '/page');
  expect(again.text()).not.toBe(text());
});

test('a view of an app without the middleware has none', async () => {
  const app = defineApp({ controllers: [PageController], views: engines[0] });
  expect((await inject(app, '/page')).text()).toBe('<script nonce=""></script>');
});
