import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { LambdaBundle } from '../bundle/bundle-lambda.js';
import { type PackageShare, sharesOf } from './package-share.js';

/** How many packages are listed by name. */
const LISTED = 6;

/** What is too little to speak of, in bytes. */
const LITTLE = 1024;

/**
 * What one package may bring into a bundle, with what only it needs, in bytes. What is loaded at a cold start was
 * measured to cost some 0.15 ms a KB: this is 15 ms, several times what a small app takes as a whole.
 */
const HEAVY = 100 * 1024;

/** What a bundle holds, for a person: its sizes, those of its packages, and why what could be less is not. */
export function summarise(bundle: LambdaBundle, archive: Uint8Array, isVerbose = false): string {
  const { files, entry, modules, leftOut } = bundle;
  const size = (name: string) => {
    const code = files.get(name)!;
    return `${kilobytes(code.byteLength)}, ${kilobytes(gzipSync(code).byteLength)} gzip`;
  };
  const lazy = [...files.keys()].filter((name) => /^[^/]+\.m?js$/.test(name) && name !== entry);
  const lazySizes = `${kilobytes(lazy.reduce((sum, name) => sum + files.get(name)!.byteLength, 0))} in ${lazy.length} file${lazy.length === 1 ? '' : 's'}`;
  const rows: [name: string, note: string][] = [
    [`build/lambda/${entry}`, `${size(entry)}, ${modules.length} modules, handler index.handler`],
    ...(lazy.length > 0 ? [['  beside it', `${lazySizes}, each loaded when it is needed`] as [string, string]] : []),
    ...listPackages(sharesOf(modules), isVerbose),
    ...(leftOut.length > 0 ? [['  left out', leftOut.join(', ')] as [string, string]] : []),
    ['build/lambda.zip', `${kilobytes(archive.byteLength)}, CodeSha256 ${codeSha256(archive)}`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, note]) => `${name.padEnd(width)}  ${note}`.trimEnd()).join('\n');
}

function listPackages(shares: readonly PackageShare[], isVerbose: boolean): [string, string][] {
  const listed = isVerbose ? shares : shares.slice(0, LISTED);
  const others = shares.slice(listed.length);
  const rows = listed.flatMap((share): [string, string][] => {
    const reasons = share.unshaken.filter(({ bytes }) => isVerbose || bytes >= LITTLE);
    const size = kilobytes(share.bytes).padStart(8);
    if (!isVerbose) return [[`  ${share.name}`, [size, ...reasons.map(({ reason }) => reason)].join('  ')]];
    return [
      [`  ${share.name}`, size],
      ...reasons.map(({ reason, bytes, importers }): [string, string] => [
        '',
        `${kilobytes(bytes).padStart(8)}  ${reason}${importers.length > 0 ? `; imported by ${importers.join(', ')}` : ''}`,
      ]),
      ...[...share.modules]
        .sort((one, two) => two.bytes - one.bytes)
        .map(({ name, bytes }): [string, string] => [
          `    ${name.replace(/^node_modules\//, '')}`,
          kilobytes(bytes).padStart(8),
        ]),
    ];
  });
  const rest = others.reduce((sum, { bytes }) => sum + bytes, 0);
  return others.length > 0 ? [...rows, [`  ${others.length} more`, kilobytes(rest).padStart(8)]] : rows;
}

/** A warning for each package that makes a bundle heavy. */
export function warnOfHeavy(modules: LambdaBundle['modules']): string[] {
  return sharesOf(modules).flatMap(({ name, brings, isDirect, unshaken }) => {
    const bytes = brings.reduce((sum, each) => sum + each.bytes, 0);
    if (!isDirect || bytes <= HEAVY) return [];
    const parts =
      brings.length > 1 ? ` (${brings.map((each) => `${each.name} ${kilobytes(each.bytes)}`).join(', ')})` : '';
    const why = unshaken
      .filter((part) => part.bytes >= LITTLE)
      .map((part) => ` ${kilobytes(part.bytes)} of it: ${part.reason}.`)
      .join('');
    return [
      `${name} brings ${kilobytes(bytes)} into the bundle${parts}; above ${kilobytes(HEAVY)}, a package is felt in every cold start.${why} ` +
        `Import a part of it, or a lighter package, or leave it to a layer: --external ${name}.`,
    ];
  });
}

/** The hash of a zip, in the form in which Lambda tells it (GetFunctionConfiguration, CodeSha256). */
export function codeSha256(archive: Uint8Array): string {
  return createHash('sha256').update(archive).digest('base64');
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
