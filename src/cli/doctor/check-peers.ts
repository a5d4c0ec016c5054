import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPackage } from '../project/find-package.js';
import { readManifest } from '../project/manifest.js';
import { type Check, error, type Finding, ok, warning } from './finding.js';
import { readSourceTexts } from './source-texts.js';
import { isInVersionRange } from './version-range.js';

/** What a file says that uses an optional peer through twodoors. */
const USES: Readonly<Record<string, RegExp>> = {
  nunjucks: /from\s*['"]twodoors\/views['"]/,
  jose: /\bbearer\b[^;]*from\s*['"]twodoors\/auth['"]/,
  'class-validator': /from\s*['"]class-validator['"]/,
  keyv: /from\s*['"]keyv['"]/,
};

/** Whether the optional peers that the app uses are installed, in versions that twodoors works with. */
export const checkPeers: Check = (project) => {
  const { peerDependencies } = readManifest(
    join(fileURLToPath(new URL('../../../', import.meta.url)), 'package.json'),
  ) as { readonly peerDependencies: Readonly<Record<string, string>> };
  const texts = readSourceTexts(project);
  const findings = Object.entries(peerDependencies).flatMap(([name, range]): Finding[] => {
    const user = texts.find(({ text }) => USES[name]?.test(text) === true);
    const installed = findPackage(project.root, name);
    if (installed === undefined) {
      if (user === undefined) return [];
      return [error(`${user.path} needs ${name}, which is not installed.`, `npm install ${name}@"${range}"`)];
    }
    const version = String(readManifest(join(installed, 'package.json')).version);
    if (user === undefined || isInVersionRange(version, range)) return [];
    return [
      warning(`${name} ${version} is installed, but twodoors is made for ${range}.`, `npm install ${name}@"${range}"`),
    ];
  });
  return findings.length > 0 ? findings : [ok('optional peers')];
};
