import type { OutputChunk } from 'rolldown';

/** A file of a bundle, and the modules that go into it. */
export interface FileGroup {
  readonly name: string;
  readonly modules: ReadonlySet<string>;
}

/**
 * Modules of twodoors that are loaded on demand and often together: one file costs less than several. Those of an app are
 * left alone: loading one of them for the sake of another would run it.
 */
const FAMILIES: readonly (readonly [name: string, roots: readonly string[]])[] = [
  // What a first POST with a DTO needs, and no more.
  ['body', ['bound-route', 'form-guard', 'request-body', 'type-text']],
  // What it needs of a DTO or of a body that is not of plain values, or does not come as usual JSON.
  [
    'values',
    [
      'rare-types',
      'check-nested',
      'late-values',
      'object-mark',
      'chosen-validations',
      'given-type',
      'rare-body-parsers',
      'body-views',
      'needs-no-preflight',
      'unusual-scalar',
    ],
  ],
  ['failures', ['failures', 'dto-failure']],
  ['binding', ['rare-binders', 'encoded-body']],
  ['middleware', ['middleware', 'wrap-routes', 'stream-owner', 'reply-head', 'rare-replies']],
  ['errors', ['failure-replies', 'binding-errors', 'request-errors', 'repeated-fields', 'allowed-methods']],
  ['records', ['records-of-plan', 'carry-out']],
  ['paths', ['rare-searches']],
  ['request-parts', ['request-parts', 'route-params', 'event-details']],
  ['events', ['other-event']],
  ['lifecycle', ['app-lifecycle', 'stop-on-signal']],
  ['sent-body', ['sent-body', 'buffered-body']],
];

/** What loads errors, for several families: each would load the file of another one for it. */
const SHARED = /\/request-errors\.lazy\.[jt]s$/;

/**
 * Decides which modules share a file. A bundler puts whatever two files share into a third, and each file costs a cold start
 * 0.25 ms. Here the entry has all that it needs itself, and what is small; what else families share goes to the first.
 *
 * @param chunks as the bundler splits them by itself, which shows what really needs what
 */
export function groupFiles(chunks: readonly OutputChunk[]): FileGroup[] {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const entry = chunks.find(({ isEntry }) => isEntry)!;
  const early = closureOf(entry, byFile, new Set());
  const shared = chunks.flatMap(({ moduleIds }) => moduleIds.filter((id) => SHARED.test(id)));
  const groups: FileGroup[] = [{ name: 'main', modules: new Set([...modulesIn(early), ...shared]) }];
  const roots = chunks.filter((chunk) => chunk.isDynamicEntry && !early.has(chunk));
  const taken = new Set(early);
  for (const [name, names] of FAMILIES) {
    const own = new Set(
      roots.filter(({ name: root }) => names.includes(root)).flatMap((root) => [...closureOf(root, byFile, taken)]),
    );
    for (const chunk of own) taken.add(chunk);
    if (own.size > 0) groups.push({ name, modules: modulesIn(own) });
  }
  return groups;
}

/** A file with all files that it loads at once, apart from those that are loaded already. */
function closureOf(
  root: OutputChunk,
  byFile: ReadonlyMap<string, OutputChunk>,
  loaded: ReadonlySet<OutputChunk>,
): Set<OutputChunk> {
  const closure = new Set<OutputChunk>();
  const visit = (chunk: OutputChunk | undefined) => {
    if (chunk === undefined || loaded.has(chunk) || closure.has(chunk)) return;
    closure.add(chunk);
    for (const file of chunk.imports) visit(byFile.get(file));
  };
  visit(root);
  return closure;
}

function modulesIn(chunks: Iterable<OutputChunk>): Set<string> {
  return new Set([...chunks].flatMap(({ moduleIds }) => moduleIds));
}
