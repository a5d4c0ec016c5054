import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Command, endCommands } from '../command.js';
import { removeProjects } from '../projects.js';
import { chromiumPath, NO_BROWSER, openChromium } from './chromium.js';
import { makeExampleProject } from './example-server.js';

// A visit to the whole example app, recorded in a browser, then sent through every door by `twodoors parity`.

const run = chromiumPath === undefined ? test.skip : test;

// It starts processes and a browser, beside all other tests.
jest.setTimeout(240_000);

afterEach(async () => {
  await endCommands();
  removeProjects();
});

/** Signs the cookies of the recording, and is the one by which they are read again. */
const ENVIRONMENT = { PORT: '0', NODE_OPTIONS: '', SESSION_SECRET: 'the secret of a recorded visit' };

/** Visits every page of the app, sends each form right and wrong, and records it all. */
async function recordVisit(origin: string, path: string): Promise<void> {
  const browser = await openChromium();
  const context = await browser.newContext({ baseURL: origin, recordHar: { path } });
  const page = await context.newPage();
  const click = (name: string) => page.getByRole('button', { name, exact: true }).click();
  // By a script, because a browser does not record the contents of files.
  const upload = (content: string) =>
    page.evaluate(
      ([body, type]) =>
        fetch('/file', { method: 'POST', headers: { accept: 'text/html', 'content-type': type! }, body: body! }).then(
          (response) => response.text(),
        ),
      [
        `--x\r\ncontent-disposition: form-data; name="loans"; filename="loans.csv"\r\ncontent-type: text/csv\r\n\r\n${content}\r\n--x--\r\n`,
        'multipart/form-data; boundary=x',
      ],
    );
  await page.goto('/');
  await page.getByLabel('Years').fill('ten');
  await click('Calculate');
  await page.getByLabel('Years').fill('10');
  await click('Calculate');
  await click('Save to compare');
  await page.goto('/quote?principal=1000&rate=12&years=1');
  await page.evaluate("fetch('/api/loans/schedule.csv?principal=1000&rate=12&years=1').then((r) => r.text())");
  await click('Save to compare');
  await page.getByRole('button', { name: 'Remove quote 1' }).click();
  await page.goto('/');
  await upload('principal,rate,years\n1000,x,1\n');
  await upload('principal,rate,years\n1000,12,1\n250000,3.9,30\n');
  await page.goto('/account');
  await page.getByLabel('Name').fill('demo');
  await page.getByLabel('Password').fill('open barley');
  await click('Sign in');
  await page.getByLabel('Password').fill('open sesame');
  await click('Sign in');
  await page.waitForURL('**/account');
  await page.goto('/nowhere');
  await page.goto('/quote?principal=0&rate=3&years=1');
  await page.goto('/account');
  await click('Sign out');
  await context.close();
  await browser.close();
}

run('a recorded visit has no differences', async () => {
  const root = makeExampleProject();
  const server = new Command(['start'], root, ENVIRONMENT);
  const { port } = new URL(await server.address());
  const har = join(root, 'visit.har');
  await recordVisit(`http://127.0.0.1:${port}`, har);

  const { log } = JSON.parse(readFileSync(har, 'utf8')) as {
    log: { entries: { request: { method: string; url: string }; response: { status: number } }[] };
  };
  // Without what the browser gave up when it left a page, such as the icon.
  const entries = log.entries.filter(({ response }) => response.status > 0);
  writeFileSync(har, JSON.stringify({ log: { ...log, entries } }));
  const recorded = entries.map(({ request, response }) => {
    const { pathname } = new URL(request.url);
    return `${request.method} ${pathname.replace(/\.[0-9a-f]{10}\./, '.')} ${response.status}`;
  });
  expect(recorded).toEqual(
    expect.arrayContaining([
      'GET / 200',
      'GET /app.css 200',
      'POST / 422',
      'POST / 303',
      'GET /quote 200',
      'POST /saved 303',
      'GET /saved 200',
      'POST /saved/1/remove 303',
      'POST /file 422',
      'POST /file 200',
      'GET /account 303',
      'POST /login 422',
      'POST /login 303',
      'GET /account 200',
      'GET /nowhere 404',
      'GET /quote 400',
      'POST /logout 303',
    ]),
  );

  const { code, output } = await new Command(['parity', 'src/app.ts', 'visit.har'], root, ENVIRONMENT).ended();
  expect(output).toContain(`${recorded.length} requests, 6 doors, 0 differences`);
  expect(code).toBe(0);
  // The app knew its own sessions again: it replied as it did to the browser.
  const rows = output.split('\n').slice(1, recorded.length + 1);
  expect(rows.map((row) => Number(/ (\d{3}) /.exec(row)?.[1]))).toEqual(entries.map(({ response }) => response.status));
});

if (chromiumPath === undefined) test.skip(NO_BROWSER, () => {});
