import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { REPOSITORY } from '../projects.js';

const SOURCE = readFileSync(join(REPOSITORY, 'node_modules/axe-core/axe.min.js'), 'utf8');

const DESKTOP = { width: 1000, height: 800 };
const PHONE = { width: 360, height: 740 };

/** How pages are looked at. */
const LOOKS = [
  { name: 'light', colorScheme: 'light', viewport: DESKTOP },
  { name: 'dark', colorScheme: 'dark', viewport: DESKTOP },
  { name: 'phone', colorScheme: 'light', viewport: PHONE },
] as const;

/**
 * What axe-core finds wrong on the page that is open, in light and dark and at the width of a phone; and whether a phone
 * would have to scroll sideways.
 */
export async function findBarriers(page: Page): Promise<string[]> {
  const found: string[] = [];
  // Not a script of the page, so that its content security policy does not apply.
  await page.evaluate(SOURCE);
  for (const { name, colorScheme, viewport } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    const violations = await page.evaluate(
      'axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations)',
    );
    for (const { id, help, nodes } of violations as { id: string; help: string; nodes: { html: string }[] }[]) {
      found.push(`${name}: ${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
    }
    const width = (await page.evaluate('document.documentElement.scrollWidth')) as number;
    if (width > viewport.width) found.push(`${name}: the page is ${width} wide`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(DESKTOP);
  return found;
}
