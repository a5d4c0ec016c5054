import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ENVIRONMENT } from '../doc-doors.js';
import { makeProject, REPOSITORY } from '../projects.js';

const TSC = join(REPOSITORY, 'node_modules/typescript/bin/tsc');

/** A project to type-check, with its own node_modules. */
export interface TypedProject {
  readonly root: string;
  /** The text of its tsconfig.json. */
  readonly tsconfig: string;
  /** Its files. */
  readonly sources: readonly string[];
}

/**
 * Type-checks projects, and gives by root what the compiler says of each: an empty text for one without errors.
 *
 * Those with the same tsconfig.json share a run of the compiler, which reads the types of packages once and so takes little
 * longer than one project does. A project that extends the types of a package or of the global scope has a run of its own:
 * its declarations would hold for the others.
 */
export async function checkTypes(projects: readonly TypedProject[]): Promise<Map<string, string>> {
  const groups = new Map<string, TypedProject[]>();
  for (const project of projects) {
    const isApart = project.sources.some((code) => /\bdeclare\s+(?:module|global|namespace)\b/.test(code));
    const key = `${project.tsconfig}${isApart ? project.root : ''}`;
    groups.set(key, [...(groups.get(key) ?? []), project]);
  }
  const said = new Map<string, string>();
  for (const group of groups.values()) {
    const output = await compile(group);
    for (const { root } of group) said.set(root, ofProject(root, group, output));
  }
  return said;
}

/** The lines that the compiler writes for projects with the same tsconfig.json. */
async function compile(group: readonly TypedProject[]): Promise<string[]> {
  const include = group.map(({ root }) => `${root}/**/*`);
  const config = makeProject({ 'tsconfig.json': JSON.stringify({ ...JSON.parse(group[0]!.tsconfig), include }) });
  const tsc = spawn(process.execPath, [TSC, '-p', config, '--pretty', 'false'], { cwd: tmpdir(), env: ENVIRONMENT });
  const [stdout, stderr, [code, signal]] = await Promise.all([text(tsc.stdout), text(tsc.stderr), once(tsc, 'close')]);
  const lines = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
  return code !== 0 && lines.length === 0 ? [`The compiler ended with ${signal ?? code}.`] : lines;
}

/** The errors in the files of a project, and all that belong to no project. */
function ofProject(root: string, group: readonly TypedProject[], lines: readonly string[]): string {
  let owner: TypedProject | undefined;
  const own = lines.filter((line) => {
    // Those of one error are indented below its first.
    if (!line.startsWith(' ')) owner = group.find((each) => line.startsWith(`${basename(each.root)}/`));
    return owner === undefined || owner.root === root;
  });
  return own.join('\n');
}
