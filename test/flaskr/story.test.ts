import type { Browser, Page } from 'playwright-core';
import { chromiumPath, NO_BROWSER, openChromium } from '../browser/chromium.js';
import { removeProjects } from '../projects.js';
import { serverKinds, type TestServer } from '../web/servers.js';
import { buildFlaskr, type Running, startKoa, startLambda } from './running-app.js';

// The whole story of Flaskr in a real browser, at both doors. With SCREENSHOTS, a folder, its pictures are written there.

const postgres = serverKinds.find(({ name }) => name === 'Postgres')!;
const missing = chromiumPath === undefined ? NO_BROWSER : undefined;
if (missing !== undefined) test.skip(missing, () => {});
const run = missing === undefined ? describe : describe.skip;
const { SCREENSHOTS } = process.env;

/** A picture of 160 by 60 pixels, as a page draws it. */
const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="60"><rect width="160" height="60" fill="#cfe0f5"/>
<circle cx="120" cy="18" r="10" fill="#f3c04b"/><path d="M0 60 L50 22 L85 50 L110 34 L160 60Z" fill="#5b8c5a"/></svg>`;

run('in a browser', () => {
  let root: string;
  let server: TestServer | undefined;
  let browser: Browser;
  beforeAll(async () => {
    root = await buildFlaskr();
    server = await postgres.start?.();
    browser = await openChromium();
  });
  let app: Running;
  afterEach(() => app?.stop());
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    removeProjects();
  });

  const doors = [
    { door: 'koa', start: () => startKoa(root) },
    ...(postgres.start === undefined
      ? []
      : [{ door: 'http', start: () => startLambda(root, 'http', { DATABASE_URL: server!.url }, 4) }]),
  ];
  test.each(doors)('at the door $door', async ({ door, start }) => {
    app = await start();
    const context = await browser.newContext({ viewport: { width: 800, height: 620 } });
    const page = await context.newPage();
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    page.on('console', (message) => {
      // A form that is shown again has a status above 400, which Chromium reports.
      if (message.type() === 'error' && !message.text().includes('422')) failures.push(message.text());
    });
    const shoot = async (name: string) => {
      if (SCREENSHOTS !== undefined) await page.screenshot({ path: `${SCREENSHOTS}/${name}-${door}.png` });
    };
    const fill = async (values: Record<string, string>) => {
      for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value);
    };
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const heading = () => page.getByRole('heading', { level: 1 }).textContent();
    const ada = { Username: 'ada', Password: 'correct horse' };

    await page.goto(`${app.url}/create`);
    expect([await heading(), new URL(page.url()).search]).toEqual(['Log In', '?next=%2Fcreate']);

    await page.getByRole('link', { name: 'Register' }).click();
    await fill(ada);
    await press('Register');
    expect(await page.getByRole('status').textContent()).toBe('Welcome! Now log in.');
    await page.getByRole('link', { name: 'Register' }).click();
    await fill(ada);
    await press('Register');
    expect(await page.getByText('already registered').textContent()).toBe('User ada is already registered.');
    expect(await page.getByLabel('Username').inputValue()).toBe('ada');
    await shoot('register');

    await page.goto(`${app.url}/create`);
    await fill(ada);
    await press('Log In');
    expect(await heading()).toBe('New Post');
    await fill({ Title: 'A walk', Body: 'Over the hills\nand <b>far</b> away.' });
    await page
      .getByLabel('Image')
      .setInputFiles({ name: 'hills.txt', mimeType: 'text/plain', buffer: await draw(page) });
    await press('Save');
    expect(await page.getByRole('status').textContent()).toBe('Published.');
    expect(await page.locator('.body').textContent()).toBe('Over the hills\nand <b>far</b> away.');
    expect(await page.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(160);
    await shoot('posts');

    await page.getByRole('link', { name: 'Edit' }).click();
    expect(await heading()).toBe('Edit "A walk"');
    await page.getByLabel('Title').evaluate((input: HTMLInputElement) => input.removeAttribute('required'));
    await fill({ Title: '' });
    await press('Save');
    expect(await page.getByText('Title is required.').isVisible()).toBe(true);
    await shoot('edit');
    await fill({ Title: 'A long walk' });
    await press('Save');
    await fill({ Search: 'LONG' });
    await press('Search');
    expect(await page.locator('article h2').allTextContents()).toEqual(['A long walk']);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Download as CSV').click()]);
    expect(download.suggestedFilename()).toBe('posts.csv');

    await page.getByRole('link', { name: 'Log Out' }).click();
    expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0);
    await page.goto(`${app.url}/auth/login`);
    await fill(ada);
    await press('Log In');
    await page.getByRole('link', { name: 'Edit' }).click();
    await press('Delete');
    expect([await page.getByRole('status').textContent(), await page.locator('article').count()]).toEqual([
      'Deleted.',
      0,
    ]);
    expect(failures).toEqual([]);
    await context.close();
  });

  /** The drawing as a PNG. */
  async function draw(page: Page): Promise<Buffer> {
    const other = await page.context().newPage();
    await other.setContent(DRAWING);
    const bytes = await other.locator('svg').screenshot();
    await other.close();
    return bytes;
  }
});
