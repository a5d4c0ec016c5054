/** What the documents of all apps of the contract say is true. */

import { loadSuiteApps } from './contract-apps.js';
import { allWarnings, describeTruth, figuresLine, untrue } from './describe-truth.js';
import { EXCEPTIONS, WARNINGS } from './exceptions.js';

const { apps, mistaken } = await loadSuiteApps();

for (const { suite, name, app } of apps) describeTruth(name, app, EXCEPTIONS[suite]);

test('only controllers that are mistakes are left out', () => {
  expect(mistaken).toEqual([]);
});

test('what cannot be described is warned about by name', () => {
  expect([...allWarnings].sort()).toEqual(WARNINGS);
});

test('all exceptions are seen', () => {
  expect([...untrue].sort()).toEqual(Object.values(EXCEPTIONS).flatMap(Object.keys).sort());
});

afterAll(() => console.info(figuresLine()));
