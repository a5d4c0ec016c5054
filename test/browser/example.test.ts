import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { endCommands } from '../command.js';
import { removeProjects } from '../projects.js';
import { type PageServer, servePages } from './app-server.js';
import { findBarriers } from './axe.js';
import { chromiumPath, NO_BROWSER, openChromium } from './chromium.js';
import { DOORS, type ExampleServer, startExample } from './example-server.js';
import { takePictures } from './take-pictures.js';

// The example app in a real browser, from its commands to what a visitor sees. With SCREENSHOTS it makes docs/images.

const run = chromiumPath === undefined ? describe.skip : describe;
if (chromiumPath === undefined) test.skip(NO_BROWSER, () => {});

// It starts processes and a browser, beside all other tests.
jest.setTimeout(240_000);

const csv = (content: string) => ({ name: 'loans.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });

run.each(DOORS)('$door', ({ door, args }) => {
  let app: ExampleServer;
  let browser: Browser;
  let page: Page;
  /** What the browser complains of: errors of scripts, refused styles, missing files. */
  const complaints: string[] = [];

  beforeAll(async () => {
    app = await startExample(args);
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser?.close();
    app?.close();
    await endCommands();
    removeProjects();
  });
  beforeEach(async () => {
    complaints.length = 0;
    const context = await browser.newContext({ baseURL: app.origin, viewport: { width: 1000, height: 800 } });
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // What a page says with its status is expected.
      if (message.type() === 'error' && !/status of 4(?:00|03|04|22)/.test(message.text()))
        complaints.push(message.text());
    });
  });
  afterEach(async () => {
    await page.context().close();
    expect(complaints).toEqual([]);
  });

  const path = () => page.url().slice(app.origin.length);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const heading = () => page.getByRole('heading', { level: 1 }).textContent();

  /** Fills in the calculator and sends it. */
  async function calculate(amount: string, rate: string, years: string): Promise<void> {
    await page.goto('/');
    await page.getByLabel('Amount').fill(amount);
    await page.getByLabel('Interest per year, %').fill(rate);
    await page.getByLabel('Years').fill(years);
    await button('Calculate').click();
  }

  async function save(amount: string, rate: string, years: string): Promise<void> {
    await calculate(amount, rate, years);
    await button('Save to compare').click();
  }

  async function signIn(password: string): Promise<void> {
    await page.getByLabel('Name').fill('demo');
    await page.getByLabel('Password').fill(password);
    await button('Sign in').click();
  }

  /** What assistive technology reads with a field. */
  async function mistakeOf(label: string): Promise<string | null> {
    const field = page.getByLabel(label, { exact: true });
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const id = await field.getAttribute('aria-describedby');
    return page.locator(`[id="${id}"]`).textContent();
  }

  test('a wrong form comes back with its mistakes beside the fields and all that was typed, and is mended there', async () => {
    await calculate('a lot', '3.9', '1.5');
    expect(await page.title()).toBe('Please correct the form');
    expect(await mistakeOf('Amount')).toMatch(/^Enter an amount from 0\.01/);
    expect(await mistakeOf('Years')).toBe('Enter whole years, from 1 to 50');
    expect(await page.getByLabel('Amount').inputValue()).toBe('a lot');
    expect(await page.getByLabel('Interest per year, %').inputValue()).toBe('3.9');
    expect(await page.getByLabel('Interest per year, %').getAttribute('aria-invalid')).toBeNull();
    expect(await page.getByLabel('Years').inputValue()).toBe('1.5');
    expect(await findBarriers(page)).toEqual([]);
    await page.getByLabel('Amount').fill('250000');
    await page.getByLabel('Years').fill('30');
    await page.getByLabel('Years').press('Enter');
    await page.waitForURL('**/quote?principal=250000&rate=3.9&years=30');
    expect(await heading()).toBe('250,000.00 over 30 years at 3.9 %');
  });

  test('a quote has a chart, a schedule and a file', async () => {
    await page.goto('/quote?principal=250000&rate=3.9&years=30');
    expect(await page.locator('dl.costs').textContent()).toMatch(/1,179\.17[\s\S]*424,501\.58[\s\S]*174,501\.58/);
    expect(await page.locator('rect.bar-principal').count()).toBe(30);
    const boxes = await page
      .locator('rect.bar-interest')
      .evaluateAll((bars) =>
        bars.map(
          (bar) => (bar as unknown as { getBoundingClientRect(): { height: number } }).getBoundingClientRect().height,
        ),
      );
    // Interest becomes less from year to year.
    expect(boxes).toEqual([...boxes].sort((a, b) => b - a));
    await page.getByText('All 360 payments').click();
    expect(await page.getByRole('rowheader').count()).toBe(360);
    expect(await findBarriers(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download all payments (CSV)' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('schedule.csv');
    const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
    expect([lines.length, lines[0]]).toEqual([362, 'month,payment,principal,interest,balance']);
  });

  test('quotes are saved, compared and removed', async () => {
    await page.goto('/saved');
    expect(await page.getByRole('main').textContent()).toContain('You have saved no quotes yet');
    expect(await findBarriers(page)).toEqual([]);
    await save('1000', '12', '1');
    expect(await page.getByRole('status').textContent()).toBe('The quote is saved.');
    await save('1000', '6', '1');
    expect(await page.locator('tr.best').textContent()).toMatch(/6 %[\s\S]*least/);
    expect(await findBarriers(page)).toEqual([]);
    await page.reload();
    expect(await page.getByRole('status').count()).toBe(0);
    await page.getByRole('button', { name: 'Remove quote 2' }).click();
    expect(await page.getByRole('status').textContent()).toBe('The quote is removed.');
    expect(await page.getByRole('rowheader').allTextContents()).toHaveLength(1);
    // Another visitor has a session of their own.
    const other = await (await browser.newContext({ baseURL: app.origin })).newPage();
    await other.goto('/saved');
    expect(await other.getByRole('main').textContent()).toContain('You have saved no quotes yet');
    await other.context().close();
  });

  test('a wrong file is refused beside its field, a right one becomes a page', async () => {
    await page.goto('/');
    await page.getByLabel('CSV file').setInputFiles(csv('principal,rate,years\n1000,12,1\n1000,x,1\n'));
    await button('Calculate all').click();
    expect(await mistakeOf('CSV file')).toBe('row 3: must be three numbers');
    expect(await findBarriers(page)).toEqual([]);
    await page.getByLabel('CSV file').setInputFiles(csv('principal,rate,years\n1000,12,1\n250000,3.9,30\n'));
    await button('Calculate all').click();
    expect(await heading()).toBe('loans.csv');
    expect(await page.getByRole('row').allTextContents()).toHaveLength(3);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('link', { name: '250,000.00' }).click();
    expect(path()).toBe('/quote?principal=250000&rate=3.9&years=30');
  });

  test('a visitor signs in, sees a page of their own, and signs out', async () => {
    await page.goto('/account');
    expect(path()).toBe('/login?next=%2Faccount');
    expect(await findBarriers(page)).toEqual([]);
    await signIn('open barley');
    expect(await mistakeOf('Password')).toBe('Name or password is wrong');
    expect(await page.getByLabel('Name').inputValue()).toBe('demo');
    expect(await page.getByLabel('Password').inputValue()).toBe('');
    expect(await findBarriers(page)).toEqual([]);
    await page.getByLabel('Password').fill('open sesame');
    await page.getByLabel('Password').press('Enter');
    await page.waitForURL('**/account');
    expect(await heading()).toBe('Your loan, demo');
    expect(await findBarriers(page)).toEqual([]);
    const cookies = await page.context().cookies();
    expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Lax' }]);
    await button('Sign out').click();
    expect(path()).toBe('/');
    await page.goto('/account');
    expect(path()).toBe('/login?next=%2Faccount');
  });

  test('pages of errors look like the site', async () => {
    const missing = await page.goto('/nowhere');
    expect([missing?.status(), await heading()]).toEqual([404, 'This page does not exist']);
    expect(await findBarriers(page)).toEqual([]);
    const wrong = await page.goto('/quote?principal=0&rate=3&years=1');
    expect([wrong?.status(), await page.getByRole('listitem').count()]).toEqual([400, 1]);
    expect(await findBarriers(page)).toEqual([]);
  });

  describe('a form of another origin', () => {
    let other: PageServer;
    const form = (target: string) =>
      `<form method="post" action="${app.origin}${target}"><input name="principal" value="1"><input name="rate" value="1"><input name="years" value="1"><button>Send</button></form>`;
    beforeAll(async () => {
      other = await servePages(() => ({ '/save': form('/saved'), '/logout': form('/logout') }));
    });
    afterAll(() => other.close());

    test.each(['localhost', '127.0.0.1'])('on %s is refused, and nothing is done', async (host) => {
      await page.goto('/account');
      await signIn('open sesame');
      await page.waitForURL('**/account');
      for (const name of ['save', 'logout']) {
        await page.goto(`http://${host}:${other.port}/${name}`);
        const [response] = await Promise.all([
          page.waitForResponse((each) => each.request().method() === 'POST'),
          page.click('button'),
        ]);
        expect([response.status(), await heading()]).toEqual([403, 'Forbidden']);
        expect(await findBarriers(page)).toEqual([]);
      }
      await page.goto('/account');
      expect(await heading()).toBe('Your loan, demo');
      await page.goto('/saved');
      expect(await page.getByRole('main').textContent()).toContain('You have saved no quotes yet');
    });
  });

  describe.each([
    ['htmx', { 'HX-Request': 'true', Accept: '*/*' }],
    ['Turbo', { Accept: 'text/vnd.turbo-stream.html, text/html, application/xhtml+xml' }],
  ])('what %s sends', (_name, headers: Readonly<Record<string, string>>) => {
    /** Sends a form by a script of the page. */
    const post = (target: string, body: string) =>
      page.evaluate(
        async ([url, init]) => {
          const response = await fetch(url as string, init as RequestInit);
          return { status: response.status, url: response.url, text: await response.text() };
        },
        [
          target,
          { method: 'POST', headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' }, body },
        ] as const,
      );

    test('gets the page with the mistakes, or the page that a redirect leads to', async () => {
      await page.goto('/');
      expect(await post('/', 'principal=a+lot&rate=3.9&years=30')).toMatchObject({
        status: 422,
        text: expect.stringMatching(/value="a lot"[\s\S]*Enter an amount/),
      });
      expect(await post('/', 'principal=1000&rate=12&years=1')).toMatchObject({
        status: 200,
        url: `${app.origin}/quote?principal=1000&rate=12&years=1`,
        text: expect.stringContaining('88.85'),
      });
      expect(await post('/saved', 'principal=1000&rate=12&years=1')).toMatchObject({
        status: 200,
        url: `${app.origin}/saved`,
        text: expect.stringContaining('The quote is saved.'),
      });
      expect(await post('/login', 'name=demo&password=wrong')).toMatchObject({
        status: 422,
        text: expect.stringContaining('Name or password is wrong'),
      });
    });
  });

  test('the keyboard alone is enough', async () => {
    const focused = () =>
      page.evaluate(
        'document.activeElement.name || document.activeElement.textContent.trim() || document.activeElement.tagName',
      );
    await page.goto('/');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    const skip = await page.getByRole('link', { name: 'Skip to the content' }).boundingBox();
    expect([skip!.x >= 0, skip!.y >= 0]).toEqual([true, true]);
    const links: unknown[] = [];
    for (let i = 0; i < 3; i++) {
      await page.keyboard.press('Tab');
      links.push(await focused());
    }
    expect(links).toEqual(['Loans', 'Saved quotes', 'My loan']);
    await page.goto('/saved');
    await page.goto('/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const fields: unknown[] = [];
    for (const value of ['1000', '12', '1']) {
      await page.keyboard.press('Tab');
      fields.push(await focused());
      await page.keyboard.press('Control+A');
      await page.keyboard.type(value);
    }
    expect(fields).toEqual(['principal', 'rate', 'years']);
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Calculate');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/quote?principal=1000&rate=12&years=1');
  });

  if (process.env['SCREENSHOTS'] !== undefined && door === 'the Koa door') {
    test('its pictures are taken', () => takePictures(browser, app.origin));
  }
});
