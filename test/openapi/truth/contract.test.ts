/** What the documents of all apps of the contract say is true. */

import { loadSuiteApps } from './contract-apps.js';
import { allWarnings, describeTruth, figuresLine, untrue } from './describe-truth.js';
import { EXCEPTIONS, PROMISES, WARNINGS } from './exceptions.js';

const { apps, mistaken } = await loadSuiteApps();

for (const { suite, name, app } of apps) describeTruth(name, app, EXCEPTIONS[suite]);

test('only controllers that are mistakes are left out', () => {
  expect(mistaken).toEqual([]);
});

test('what cannot be described is warned about by name', () => {
  const ofPromises = PROMISES.map(
    (name) =>
      `${name}, a reply: the compiler says only that it is a Promise. Say what it is: @ApiResponse({ status: 200, type: … }).`,
  );
  expect([...allWarnings].sort()).toEqual([...WARNINGS, ...ofPromises].sort());
});

test('all exceptions are seen', () => {
  expect([...untrue].sort()).toEqual(Object.values(EXCEPTIONS).flatMap(Object.keys).sort());
});

afterAll(() => console.info(figuresLine()));
