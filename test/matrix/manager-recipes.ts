import type { Check, Recipe } from './recipe.js';

const PNPM = 'npx -y pnpm@10.34.9';
const YARN = 'npx -y -p @yarnpkg/cli-dist@4.18.1 yarn';
const BUN = 'npx -y bun@1.4.5';

/** What the project builds needs no packages any more. */
const builds = (command: string): readonly Check[] => [
  { run: `${command} run build` },
  { lambda: 'build/lambda/index.js' },
  { server: 'node build/koa/index.js' },
];

export const managers: readonly Recipe[] = [
  {
    name: 'npm',
    group: 'managers',
    title: 'npm',
    tools: ['npm'],
    verdict: 'works',
    note: 'Nothing.',
    checks: [{ run: 'npm run types' }, { run: 'npm run doctor' }, ...builds('npm')],
  },
  {
    name: 'pnpm',
    group: 'managers',
    title: 'pnpm, strict',
    tools: ['pnpm'],
    install: `${PNPM} install --no-frozen-lockfile`,
    verdict: 'works',
    note: 'Nothing, also with `hoist=false` and `strict-peer-dependencies=true`. What your own code imports must be in your `package.json`.',
    checks: [{ run: `${PNPM} run types` }, { run: `${PNPM} run doctor` }, ...builds(PNPM)],
  },
  {
    name: 'yarn',
    group: 'managers',
    title: 'Yarn with node_modules',
    tools: ['yarn'],
    install: `${YARN} install --no-immutable`,
    verdict: 'works',
    note: '`nodeLinker: node-modules`.',
    checks: [{ run: `${YARN} run types` }, { run: `${YARN} run doctor` }, ...builds(YARN)],
  },
  {
    name: 'yarn-pnp',
    group: 'managers',
    title: 'Yarn PnP',
    tools: ['yarn'],
    install: `${YARN} install --no-immutable`,
    verdict: 'works',
    note: 'TypeScript up to 6, which Yarn patches for PnP, and `yarn twodoors` instead of `npx twodoors`. What is built needs neither Yarn nor packages.',
    checks: [{ run: `${YARN} run types` }, { run: `${YARN} run doctor` }, ...builds(YARN)],
  },
  {
    name: 'yarn-pnp-typescript-7',
    group: 'managers',
    title: 'Yarn PnP with TypeScript 7',
    tools: ['yarn'],
    extends: 'yarn-pnp',
    install: `${YARN} install --no-immutable`,
    verdict: 'cannot',
    note: "`tsc` 7 is a native program that does not read PnP's archives: it finds no package. `twodoors build` works. Use TypeScript 6, or `nodeLinker: node-modules`.",
    checks: [{ run: `${YARN} run types`, fails: "error TS2307: Cannot find module 'twodoors'" }, ...builds(YARN)],
  },
  {
    name: 'bun',
    group: 'managers',
    title: 'Bun',
    tools: ['bun'],
    install: `${BUN} install`,
    verdict: 'works',
    note: 'Nothing. `bun build/koa/index.js` runs the server as Node.js does.',
    checks: [
      { run: `${BUN} run types` },
      { run: `${BUN} run doctor` },
      ...builds(BUN),
      { server: `${BUN} build/koa/index.js` },
    ],
  },
];

/** How the version of a tool that is no package of the project is asked for. */
export const VERSION_COMMANDS: Readonly<Record<string, string>> = {
  node: 'node --version',
  npm: 'npm --version',
  pnpm: `${PNPM} --version`,
  yarn: `${YARN} --version`,
  bun: `${BUN} --version`,
};
