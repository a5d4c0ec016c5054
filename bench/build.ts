import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { bundleLambda } from '../src/cli/bundle/bundle-lambda.js';
import { openProject } from '../src/cli/project/project.js';
import type { Candidate } from './candidates.js';
import { BENCH } from './places.js';
import { writeClasses } from './write-classes.js';

/** A candidate as it is run. */
export interface Built {
  readonly candidate: Candidate;
  /** The CommonJS file. */
  readonly file: string;
  /** How large it is, minified, in bytes. */
  readonly bytes: number;
  readonly gzipBytes: number;
}

/**
 * Bundles a candidate into one minified CommonJS file; ours with `twodoors build`'s own bundler, where it is a project.
 *
 * @param isReadable not minified, so that a profile shows names
 */
export async function buildCandidate(candidate: Candidate, isReadable = false): Promise<Built> {
  const folder = join(BENCH, 'build', candidate.entry.replace(/(?:\.ts)?$/, isReadable ? '.readable' : ''));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'index.js');
  const isProject = !candidate.entry.endsWith('.ts');
  if (!isProject || isReadable) {
    await bundle(join(BENCH, 'apps', candidate.entry, isProject ? 'src/bootstrap-lambda.ts' : ''), file, !isReadable);
    writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  } else {
    const { files } = await bundleLambda(openProject(projectOf(candidate)));
    for (const [name, content] of files) writeFileSync(join(folder, name), content);
  }
  const code = readFileSync(file);
  return { candidate, file, bytes: code.byteLength, gzipBytes: gzipSync(code).byteLength };
}

function projectOf({ entry, classRoutes }: Candidate): string {
  return classRoutes === undefined ? join(BENCH, 'apps', entry) : writeClasses(classRoutes);
}

/** Builds candidates, and checks each without fillers and with ten. */
export async function buildAll(
  candidates: readonly Candidate[],
  check: (built: Built, fillers: number) => Promise<void>,
): Promise<readonly Built[]> {
  const all: Built[] = [];
  for (const candidate of candidates) {
    const built = await buildCandidate(candidate);
    await check(built, 0);
    if (candidate.hasNoFillers !== true) await check(built, 10);
    all.push(built);
  }
  return all;
}

/** As `twodoors build` does it, but for what is its own: what it leaves out of the runtime, and what it loads lazily. */
async function bundle(input: string, file: string, minify: boolean): Promise<void> {
  const build = await rolldown({
    input,
    cwd: BENCH,
    platform: 'node',
    resolve: { mainFields: ['module', 'main'], conditionNames: ['twodoors-source', 'node'] },
    transform: { target: 'node20.19', decorator: { legacy: true, emitDecoratorMetadata: true } },
    checks: { configurationFieldConflict: false },
    external: (id) => id.startsWith('@aws-sdk/'),
    // Packages require optional ones inside a try; those that are not installed stay as they are.
    logLevel: 'silent',
  });
  try {
    await build.write({
      file,
      format: 'cjs',
      codeSplitting: false,
      keepNames: true,
      minify: minify && { mangle: { keepNames: { class: true, function: false } } },
      comments: false,
      sourcemap: true,
    });
  } finally {
    await build.close();
  }
}
