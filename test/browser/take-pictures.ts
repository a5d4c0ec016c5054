import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { REPOSITORY } from '../projects.js';

const FOLDER = join(REPOSITORY, 'docs/images');

const DESKTOP = { width: 800, height: 720 };
const PHONE = { width: 360, height: 720 };

/** Takes the pictures of the example app that the documentation shows, into docs/images. */
export async function takePictures(browser: Browser, origin: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const context = await browser.newContext({ baseURL: origin, viewport: DESKTOP });
  const page = await context.newPage();
  const take = (name: string) => page.screenshot({ path: join(FOLDER, `${name}.png`) });

  await page.goto('/');
  await page.getByLabel('Amount').fill('a lot');
  await page.getByLabel('Years').fill('1.5');
  await page.getByRole('button', { name: 'Calculate', exact: true }).click();
  await take('example-mistakes');

  const quotes = [
    ['250000', '3.9', '30'],
    ['250000', '3.4', '20'],
    ['240000', '3.9', '25'],
  ];
  for (const [principal, rate, years] of quotes) {
    await page.goto(`/quote?principal=${principal}&rate=${rate}&years=${years}`);
    if (principal === '250000' && years === '30') await take('example-quote');
    await page.getByRole('button', { name: 'Save to compare' }).click();
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ ...DESKTOP, height: 400 });
  await page.goto('/saved');
  await take('example-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(PHONE);
  await page.goto('/quote?principal=250000&rate=3.9&years=30');
  await take('example-phone');
  await context.close();
}
