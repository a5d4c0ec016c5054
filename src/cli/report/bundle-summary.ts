import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { LambdaBundle } from '../bundle/bundle-lambda.js';
import { plural } from '../plural.js';
import { type PackageShare, sharesOf } from './package-share.js';

/** How many packages are listed by name. */
const LISTED_PACKAGES = 6;

/** Parts below this size are not mentioned, in bytes. */
const NEGLIGIBLE = 1024;

/**
 * How much a package may add to a bundle without a warning, together with the packages that only it imports, in bytes.
 * Loading code takes some 0.15 ms a KB in a cold start, as measured: this is 15 ms, several times what a small app takes.
 */
const HEAVY = 100 * 1024;

/**
 * Summarises a bundle for the user: its size, the sizes of its packages, and why some are larger than necessary.
 *
 * @param packages the files of the packages that lie beside it, by path. Default: none
 */
export function summarise(
  bundle: LambdaBundle,
  archive: Uint8Array,
  isVerbose = false,
  packages: ReadonlyMap<string, Uint8Array> = new Map(),
): string {
  const { files, entry, modules, leftOut } = bundle;
  const { byteLength, gzipLength } = sizeOf(files.get(entry)!);
  const lazyFiles = [...files.keys()].filter((name) => /^[^/]+\.m?js$/.test(name) && name !== entry);
  const lazyBytes = lazyFiles.reduce((sum, name) => sum + files.get(name)!.byteLength, 0);
  const left = leftOut.filter((name) => !packages.has(`node_modules/${packageNameOf(name)}/package.json`));
  const rows: Row[] = [
    [
      `build/lambda/${entry}`,
      `${kilobytes(byteLength)}, ${kilobytes(gzipLength)} gzip, ${modules.length} modules, handler index.handler`,
    ],
    ...(lazyFiles.length > 0
      ? [['  on demand', `${kilobytes(lazyBytes)} in ${plural(lazyFiles.length, 'file')}`] as const]
      : []),
    ...listPackages(sharesOf(modules), isVerbose),
    ...(left.length > 0 ? [['  left out', left.join(', ')] as const] : []),
    ...listInstalled(packages, isVerbose),
    ['build/lambda.zip', `${kilobytes(archive.byteLength)}, CodeSha256 ${codeSha256(archive)}`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, note]) => `${name.padEnd(width)}  ${note}`.trimEnd()).join('\n');
}

/** The name of a package in an import: `@scope/lib` of `@scope/lib/part.js`. */
function packageNameOf(name: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
}

/** The packages that lie beside the bundle. */
function listInstalled(files: ReadonlyMap<string, Uint8Array>, isVerbose: boolean): Row[] {
  const sizes = new Map<string, number>();
  for (const [path, { byteLength }] of files) {
    const name = packageNameOf(path.slice('node_modules/'.length));
    sizes.set(name, (sizes.get(name) ?? 0) + byteLength);
  }
  if (sizes.size === 0) return [];
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const each = [...sizes].map(([name, size]): Row => [`  ${name}`, column(size)]);
  return [
    ['build/lambda/node_modules', `${kilobytes(bytes)}, ${plural(sizes.size, 'package')} as installed`],
    ...(isVerbose ? each : []),
  ];
}

/** A line of the summary, in two columns. */
type Row = readonly [name: string, note: string];

function sizeOf(code: Uint8Array): { byteLength: number; gzipLength: number } {
  return { byteLength: code.byteLength, gzipLength: gzipSync(code).byteLength };
}

function listPackages(shares: readonly PackageShare[], isVerbose: boolean): Row[] {
  if (isVerbose) return shares.flatMap(listWithModules);
  const listed = shares.slice(0, LISTED_PACKAGES).map(({ name, bytes, unshaken }): Row => {
    const reasons = unshaken.filter((part) => part.bytes >= NEGLIGIBLE).map(({ reason }) => reason);
    return [`  ${name}`, [column(bytes), ...reasons].join('  ')];
  });
  const others = shares.slice(LISTED_PACKAGES);
  if (others.length === 0) return listed;
  return [...listed, [`  ${others.length} more`, column(others.reduce((sum, { bytes }) => sum + bytes, 0))]];
}

function listWithModules({ name, bytes, unshaken, modules }: PackageShare): Row[] {
  return [
    [`  ${name}`, column(bytes)],
    ...unshaken.map((part): Row => {
      const importers = part.importers.length > 0 ? `; imported by ${part.importers.join(', ')}` : '';
      return ['', `${column(part.bytes)}  ${part.reason}${importers}`];
    }),
    ...modules
      .toSorted((one, two) => two.bytes - one.bytes)
      .map((module): Row => [`    ${module.name.replace(/^node_modules\//, '')}`, column(module.bytes)]),
  ];
}

/** Warns of each package that makes a bundle heavy. */
export function warnOfHeavyPackages(modules: LambdaBundle['modules']): string[] {
  return sharesOf(modules).flatMap(({ name, brings, isDirect, unshaken }) => {
    const bytes = brings.reduce((sum, each) => sum + each.bytes, 0);
    if (!isDirect || bytes <= HEAVY) return [];
    const parts =
      brings.length > 1 ? ` (${brings.map((each) => `${each.name} ${kilobytes(each.bytes)}`).join(', ')})` : '';
    const why = unshaken
      .filter((part) => part.bytes >= NEGLIGIBLE)
      .map((part) => ` ${kilobytes(part.bytes)} of it: ${part.reason}.`)
      .join('');
    return [
      `${name} adds ${kilobytes(bytes)} to the bundle${parts}. A package above ${kilobytes(HEAVY)} slows every cold start noticeably.${why} ` +
        `Import only a part of it, use a lighter package, or move it to a layer: --external ${name}.`,
    ];
  });
}

/** The hash of a zip as Lambda shows it (GetFunctionConfiguration, CodeSha256). */
export function codeSha256(archive: Uint8Array): string {
  return createHash('sha256').update(archive).digest('base64');
}

function column(bytes: number): string {
  return kilobytes(bytes).padStart(8);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
