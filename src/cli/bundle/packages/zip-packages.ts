import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { CommandError } from '../../command-error.js';
import { type PlacedPackage, placePackages } from './package-tree.js';
import { addonPlatform, type Platform, platformName } from './platform.js';

/** The packages that lie in a function as they are installed. */
export interface ZipPackages {
  /** By path: `node_modules/sharp/lib/index.js`. Sorted. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The paths of files that may be executed. */
  readonly executables: ReadonlySet<string>;
}

/**
 * Reads packages and all that they depend on, for a function's `node_modules`.
 *
 * @param root the folder of the project
 * @param platforms what the function runs on
 * @throws CommandError for what is not installed, or not for a platform
 */
export function readZipPackages(root: string, names: readonly string[], platforms: readonly Platform[]): ZipPackages {
  const files = new Map<string, Uint8Array>();
  const executables = new Set<string>();
  const placed = placePackages(root, names, platforms);
  for (const { folder, place } of placed) addFolder(folder, place, files, executables);
  const mistakes = platforms.flatMap((platform) =>
    placed.flatMap((each) => platformMistake(each, placed, files, platform) ?? []),
  );
  if (mistakes.length > 0) throw new CommandError([...new Set(mistakes)].join('\n'));
  return { files, executables };
}

/** Adds the files of a package. Packages inside of it have places of their own; links are followed. */
function addFolder(folder: string, place: string, files: Map<string, Uint8Array>, executables: Set<string>): void {
  for (const name of readdirSync(folder).sort()) {
    if (name === 'node_modules' || name === '.git' || name === '.bin') continue;
    const path = join(folder, name);
    const status = statSync(path, { throwIfNoEntry: false });
    const at = posix.join(place, name);
    if (status?.isDirectory() === true) addFolder(path, at, files, executables);
    if (status?.isFile() !== true) continue;
    files.set(at, readFileSync(path));
    if (process.platform !== 'win32' && (status.mode & 0o100) !== 0) executables.add(at);
  }
}

/** Says what of a package is not there for a platform, and how to get it. */
function platformMistake(
  { name, manifest, place }: PlacedPackage,
  placed: readonly PlacedPackage[],
  files: ReadonlyMap<string, Uint8Array>,
  platform: Platform,
): string | undefined {
  const target = platformName(platform);
  const variants = optionalNames(manifest).filter((each) => FOR_PLATFORM.test(each));
  const wanted = variants.filter((each) => isVariantFor(each, platform));
  if (wanted.length > 0 && !placed.some((each) => wanted.includes(each.name))) {
    return `${name} is not installed for ${target}, on which the function runs: ${wanted[0]} is missing. Run npm install --os=linux --cpu=${platform.cpu} --libc=glibc ${name}, or set "lambda.architecture" to that of this machine.`;
  }
  const own = [...files].filter(
    ([path]) => path.startsWith(`${place}/`) && /^(?!.*node_modules\/).*\.node$/.test(path.slice(place.length + 1)),
  );
  // What was built here is loaded before what was prebuilt (node-gyp-build, bindings).
  const built = own.filter(([path]) => /\/build\/Release\/[^/]+$/.test(path));
  const loaded = (built.length > 0 ? built : own).map(([, content]) => addonPlatform(content));
  const found = [...new Set(loaded.filter((each) => each !== undefined))];
  if (found.length === 0 || found.includes(target) || isVariant(name)) return undefined;
  const fix = own.some(([, content]) => addonPlatform(content) === target)
    ? `Remove the folder build of the package, so that Node.js loads its prebuilt binary for ${target}`
    : `Build on such a machine, or get its binary: npm_config_platform=linux npm_config_arch=${platform.cpu} npm rebuild ${name}`;
  return `${name} is built for ${found.sort().join(', ')}, but the function runs on ${target}. ${fix}.`;
}

/** What packages for one platform are called: `@img/sharp-linux-x64`, `@esbuild/darwin-arm64`, `lightningcss-linux-x64-gnu`. */
const FOR_PLATFORM =
  /(?:^|[-/])(?:linux|linuxmusl|darwin|win32|freebsd|android)-(?:x64|arm64|arm|ia32|riscv64|s390x|ppc64)/;

const isVariant = (name: string) => FOR_PLATFORM.test(name);

function isVariantFor(name: string, { cpu }: Platform): boolean {
  return new RegExp(`(?:^|[-/])linux-${cpu}(?!.*musl)`).test(name);
}

function optionalNames({ optionalDependencies }: PlacedPackage['manifest']): string[] {
  return typeof optionalDependencies === 'object' && optionalDependencies !== null
    ? Object.keys(optionalDependencies)
    : [];
}
