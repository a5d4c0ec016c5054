/** A fenced block of a page. */
export interface DocBlock {
  readonly language: string;
  readonly code: string;
  /** The line of the fence, from 1. */
  readonly line: number;
}

/** A command of a page, with the output that the page shows. */
export interface DocCommand {
  readonly text: string;
  readonly line: number;
  /** The comments above it. */
  readonly comment: string;
  output: DocBlock | undefined;
  /** The event that the page shows for it, where it invokes a function. */
  event: string | undefined;
}

/** A page's project at one point of the page. */
export interface DocState {
  readonly line: number;
  /** All files, by path. */
  readonly files: Map<string, string>;
  /** The paths of the files shown for this state, not before. */
  readonly shown: Set<string>;
  /** Modules beside the project. */
  readonly modules: DocBlock[];
  readonly commands: DocCommand[];
}

/** A page, with its blocks sorted by kind. */
export interface DocPage {
  readonly path: string;
  readonly states: readonly DocState[];
  /** The last one that the page shows. */
  readonly tsconfig: string | undefined;
  readonly trees: readonly DocBlock[];
  readonly diagrams: readonly DocBlock[];
  /** Code of other frameworks. */
  readonly foreign: readonly DocBlock[];
  /** Files of test/matrix/recipes. */
  readonly recipes: readonly DocBlock[];
}

/** The fenced blocks of a page, in order. */
export function readBlocks(markdown: string): DocBlock[] {
  const fence = /^( *)(`{3,}|~{3,})([^\n`]*)\n([\s\S]*?)^\1\2[ \t]*$/gm;
  return [...markdown.matchAll(fence)].map(({ 1: indent, 3: language, 4: code, index }) => ({
    language: language!.trim(),
    code: code!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    line: lineAt(markdown, index),
  }));
}

/** The targets of all links to files. */
export function readLinks(markdown: string): string[] {
  const prose = markdown.replace(/^( *)(`{3,})[\s\S]*?^\1\2/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!).filter((target) => !/^\w+:/.test(target));
}

/** The anchors of all headings, as GitHub makes them. */
export function readAnchors(markdown: string): string[] {
  const prose = markdown.replace(/^( *)(`{3,})[\s\S]*?^\1\2/gm, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/**
 * Sorts a page's blocks by kind; see docs/pages.ts.
 *
 * @param common files of every state, unless the page shows its own
 * @throws Error for a block of an unknown kind
 */
export function readPage(path: string, markdown: string, common: ReadonlyMap<string, string>): DocPage {
  const states: DocState[] = [];
  const trees: DocBlock[] = [];
  const diagrams: DocBlock[] = [];
  const foreign: DocBlock[] = [];
  const recipes: DocBlock[] = [];
  let tsconfig: string | undefined;
  let before: DocBlock | undefined;
  let event: DocBlock | undefined;

  const current = (line: number) => states.at(-1) ?? begin(line);
  const begin = (line: number): DocState => {
    const state = { line, files: new Map(states.at(-1)?.files), shown: new Set<string>(), modules: [], commands: [] };
    states.push(state);
    return state;
  };
  const show = (name: string, content: string, line: number) => {
    let state = current(line);
    if (state.shown.has(name) || state.commands.length > 0) state = begin(line);
    state.shown.add(name);
    state.files.set(name, content);
    if (name === 'src/app.ts') {
      for (const [file, text] of common) if (!state.files.has(file)) state.files.set(file, text);
    }
  };

  for (const block of readBlocks(markdown)) {
    const { language, code, line } = block;
    const command = isCommandAbove(block, before) ? states.at(-1)?.commands.at(-1) : undefined;
    before = block;
    const name = fileNameOf(block);
    if (/^\w+ recipe$/.test(language)) recipes.push(block);
    else if (name !== undefined) show(name, code.slice(code.indexOf('\n') + 1), line);
    else if (language === 'ts before' && /^docs\/from-/.test(path)) foreign.push(block);
    else if (language === 'ts') current(line).modules.push(block);
    else if (language === 'sh') {
      const commands = commandsOf(block);
      const invocation = commands.find(({ text }) => text.startsWith('npx twodoors invoke '));
      if (invocation !== undefined) {
        invocation.event = event?.code;
        event = undefined;
      }
      current(line).commands.push(...commands);
    } else if (['text', 'json', 'http', 'html'].includes(language) && command !== undefined) command.output = block;
    else if (language === 'json') {
      if ('compilerOptions' in (JSON.parse(code) as object)) tsconfig = code;
      else if (event !== undefined) throw unclaimed(path, event);
      else event = block;
    } else if (language === 'text' && /^[\w-]+\/$/m.test(code)) trees.push(block);
    else if (language === 'text' && code.includes(' -> ')) diagrams.push(block);
    else throw new Error(`${path}:${line}: this block is of an unknown kind (${language || 'no language'}).`);
  }
  if (event !== undefined) throw unclaimed(path, event);
  return { path, states, tsconfig, trees, diagrams, foreign, recipes };
}

function unclaimed(path: string, { line }: DocBlock): Error {
  return new Error(`${path}:${line}: this JSON is neither the output of a command nor the event of an invocation.`);
}

/** Whether a block is directly below a block of commands, with one blank line between them. */
function isCommandAbove({ line }: DocBlock, before: DocBlock | undefined): boolean {
  if (before?.language !== 'sh') return false;
  const end = before.line + before.code.split('\n').length;
  return line === end + 2;
}

/** The path of the file that a block is: its first line is a comment with only a path. */
function fileNameOf({ language, code }: DocBlock): string | undefined {
  const comments: Record<string, RegExp> = {
    ts: /^\/\/ (\S+\.ts)\n/,
    js: /^\/\/ (\S+\.js)\n/,
    html: /^\{# (\S+) #\}\n/,
    http: /^# (\S+\.http)\n/,
    yaml: /^# (\S+\.yaml)\n/,
    dockerfile: /^# (Dockerfile)\n/,
    ini: /^# (\S+\.service)\n/,
    nginx: /^# (\S+\.conf)\n/,
    hcl: /^# (\S+\.tf)\n/,
  };
  return comments[language]?.exec(code)?.[1];
}

function commandsOf({ code, line }: DocBlock): DocCommand[] {
  const commands: DocCommand[] = [];
  let comment = '';
  for (const { 0: text, index } of code.matchAll(/.*(?:\\\n.*)*/g)) {
    if (text.startsWith('#')) comment += text;
    else if (text.trim() !== '') {
      const joined = text.replaceAll(/\s*\\\n\s*/g, ' ');
      commands.push({ text: joined, line: line + lineAt(code, index), comment, output: undefined, event: undefined });
      comment = '';
    }
  }
  return commands;
}

/** The words of a command, without quotes. */
export function wordsOf(command: string): string[] {
  const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  return words.map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double));
}

/** The paths in a tree of folders and files. */
export function pathsOfTree(code: string): string[] {
  const folders: { indent: number; path: string }[] = [];
  const paths: string[] = [];
  for (const line of code.split('\n').filter((text) => text.trim() !== '')) {
    const indent = line.search(/\S/);
    while (folders.length > 0 && folders.at(-1)!.indent >= indent) folders.pop();
    const parent = folders.at(-1)?.path ?? '';
    const names = line
      .trim()
      .split(/\s{2,}/)
      .filter((name) => /^[\w.-]+(?:\/|\.\w+)$/.test(name));
    if (names.length === 0) throw new Error(`This line of a tree does not name a file: ${line}`);
    for (const name of names) paths.push(parent + name);
    if (names[0]!.endsWith('/')) folders.push({ indent, path: parent + names[0] });
  }
  return paths;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
