/** How a package manager is used. */
interface ManagerCommands {
  /** Installs the packages of a project. */
  readonly install: string;
  /** The same in CI, exactly as the lockfile says. */
  readonly ci: string;
  /** Runs a script of package.json, whose name follows. */
  readonly run: string;
  /** Runs a command of an installed package, whose name follows. */
  readonly exec: string;
  /** Its lockfile, and what else it reads before it installs. */
  readonly lockfile: string;
}

/** The package managers that a project can be made for. */
export const packageManagers = {
  npm: {
    install: 'npm install',
    ci: 'npm ci',
    run: 'npm run',
    exec: 'npx',
    lockfile: 'package-lock.json',
  },
  pnpm: {
    install: 'pnpm install',
    ci: 'corepack enable && pnpm install --frozen-lockfile',
    run: 'pnpm run',
    exec: 'pnpm exec',
    lockfile: 'pnpm-lock.yaml',
  },
  yarn: {
    install: 'yarn install',
    ci: 'corepack enable && yarn install --immutable',
    run: 'yarn run',
    exec: 'yarn exec',
    // TypeScript 7 does not read Plug'n'Play.
    lockfile: 'yarn.lock .yarnrc.yml',
  },
  bun: {
    install: 'bun install',
    ci: 'npm install --global bun && bun install --frozen-lockfile',
    run: 'bun run',
    exec: 'bunx',
    lockfile: 'bun.lock',
  },
} as const satisfies Record<string, ManagerCommands>;

/** The name of a package manager. */
export type PackageManager = keyof typeof packageManagers;

/**
 * The package manager that runs this command.
 *
 * @param userAgent the environment variable npm_config_user_agent, which all of them set: `pnpm/10.1.0 npm/? node/v22.12.0`
 */
export function currentPackageManager(userAgent = process.env['npm_config_user_agent']): PackageManager {
  const name = /^\w+/.exec(userAgent ?? '')?.[0];
  return name !== undefined && Object.hasOwn(packageManagers, name) ? (name as PackageManager) : 'npm';
}

/** The version of that package manager, if it says one. */
export function currentManagerVersion(userAgent = process.env['npm_config_user_agent']): string | undefined {
  return /^\w+\/(\d+\.\d+\.\d+\S*)/.exec(userAgent ?? '')?.[1];
}
