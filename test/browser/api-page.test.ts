import type { Browser, Page } from 'playwright-core';
import { app } from '../openapi/every-app.js';
import { type PageServer, serveApp } from './app-server.js';
import { chromiumPath, NO_BROWSER, openChromium } from './chromium.js';

// The page of an OpenAPI document, in a browser that reaches nothing but the app.

const run = chromiumPath === undefined ? describe.skip : describe;
if (chromiumPath === undefined) test.skip(NO_BROWSER, () => {});

run.each([{ door: 'koa' as const }, { door: 'http' as const }])('$door', ({ door }) => {
  let server: PageServer;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    server = await serveApp(app, door);
    browser = await openChromium();
    page = await browser.newPage({ viewport: { width: 900, height: 900 } });
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 40/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    // The network is cut off: only the app is there.
    await page.route('**/*', (route) =>
      new URL(route.request().url()).host === `127.0.0.1:${server.port}` ? route.continue() : route.abort(),
    );
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    expect(complaints).toEqual([]);
  });

  const operation = (id: string) => page.locator(`details#${id}`);

  test('shows the operations, and finds them', async () => {
    await page.goto(`http://127.0.0.1:${server.port}/docs/`);
    expect(page.url()).toBe(`http://127.0.0.1:${server.port}/docs`);
    await operation('OrderController_list').waitFor();
    expect(await page.title()).toBe('Orders');
    expect(await page.locator('details.operation:visible').count()).toBeGreaterThan(20);
    await page.getByLabel('Find').fill('list orders');
    expect(await page.locator('details.operation:visible').count()).toBe(1);
    await page.getByLabel('Find').fill('');
  });

  test('tries an operation with parameters, and shows the reply', async () => {
    const search = operation('PageController_search');
    await search.locator('summary').first().click();
    await search.getByLabel('query q', { exact: true }).fill('a&b');
    await search.getByLabel('query ids').fill('1,2');
    await search.getByLabel('query order').selectOption('desc');
    await search.getByLabel('header x-client').fill('the page');
    await search.getByLabel('cookie theme').fill('dark');
    await search.getByRole('button', { name: 'Send' }).click();
    await search.locator('.status').waitFor();
    expect(await search.locator('.status').textContent()).toMatch(/^200/);
    expect(JSON.parse((await search.locator('pre.body').textContent())!)).toEqual({
      q: 'a&b',
      n: 10,
      order: 'desc',
      ids: [1, 2],
      client: 'the page',
      theme: 'dark',
    });
  });

  test('proposes a body that the app accepts, and shows what is wrong with another', async () => {
    const create = operation('OrderController_create');
    await create.locator('summary').first().click();
    const body = create.getByLabel('body', { exact: true });
    expect(JSON.parse(await body.inputValue())).toMatchObject({ quantity: 1, email: 'ada@example.com' });
    await create.getByRole('button', { name: 'Send' }).click();
    await create.locator('.status.ok').waitFor();
    expect(await create.locator('.status').textContent()).toMatch(/^201/);
    await body.fill('{"quantity":0}');
    await create.getByRole('button', { name: 'Send' }).click();
    await create.locator('.status.failed').waitFor();
    expect(await create.locator('pre.body').textContent()).toContain('quantity must not be less than 1');
    if (door === 'koa' && process.env['SCREENSHOTS'] !== undefined) {
      await create.scrollIntoViewIfNeeded();
      await page.screenshot({ path: 'docs/openapi.png' });
    }
  });

  test('sends files', async () => {
    const photos = operation('OrderController_photos');
    await photos.locator('summary').first().click();
    await photos
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('png') });
    await photos.locator('label', { hasText: 'name' }).locator('input').fill('Ada');
    await photos.getByLabel('path id').fill('1');
    await photos.getByRole('button', { name: 'Send' }).click();
    await photos.locator('.status').waitFor();
    expect(await photos.locator('pre.body').textContent()).toContain('"cover": "a.png"');
  });

  test('opens the operation that a link names', async () => {
    await page.goto(`http://127.0.0.1:${server.port}/docs#deleteOrder`);
    await page.reload();
    await operation('deleteOrder').locator('button').waitFor();
    expect(await operation('deleteOrder').evaluate((view) => (view as unknown as { open: boolean }).open)).toBe(true);
  });
});
