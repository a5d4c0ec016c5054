import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CommandError } from '../command-error.js';
import { type RecordedRequest, type RequestParts, toRecordedRequest } from './recorded-request.js';

/** A line of the file, and where it stands. */
interface Line {
  readonly text: string;
  readonly number: number;
}

/** What all requests of a file share. */
interface Surroundings {
  readonly path: string;
  readonly variables: Map<string, string>;
}

const VARIABLE = /^@([\w.-]+)\s*=\s*(.*)$/;
const NAME = /^(?:#|\/\/)\s*@name\s*[=\s]\s*(\S+)\s*$/;
const COMMENT = /^(?:#|\/\/)/;
const REQUEST_LINE = /^(?:([A-Za-z][A-Za-z-]*)\s+)?(\S.*?)(?:\s+HTTP\/\d(?:\.\d)?)?$/;
const HEADER = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)\s*:\s*(.*)$/;

/**
 * Reads a `.http` file as editors use them: requests between lines of `###`, `# @name`, comments, variables
 * (`@host = …`, `{{host}}`), a request line with or without method and version, a query that goes on in lines that begin
 * with `?` or `&`, headers, and a body, or `< file` for one that is in another file.
 *
 * @throws CommandError with the file and the line, for what it does not understand
 */
export function readHttpFile(path: string, content: string): RecordedRequest[] {
  const surroundings: Surroundings = { path, variables: new Map() };
  const requests: RecordedRequest[] = [];
  let block: Line[] = [];
  const finish = () => {
    const parts = readBlock(block, surroundings);
    if (parts !== undefined) requests.push(toRecordedRequest(parts));
    block = [];
  };
  content.split(/\r?\n/).forEach((text, i) => {
    if (text.startsWith('###')) finish();
    else block.push({ text, number: i + 1 });
  });
  finish();
  if (requests.length === 0) throw new CommandError(`${path}: there is no request in it.`);
  return requests;
}

/** One request; undefined where there are only comments and variables. */
function readBlock(lines: readonly Line[], surroundings: Surroundings): RequestParts | undefined {
  let name: string | undefined;
  let at = 0;
  for (; at < lines.length; at++) {
    const line = lines[at]!;
    const text = line.text.trim();
    const variable = VARIABLE.exec(text);
    if (variable !== null) surroundings.variables.set(variable[1]!, fill(variable[2]!, line, surroundings));
    else if (NAME.test(text)) name = NAME.exec(text)![1];
    else if (text !== '' && !COMMENT.test(text)) break;
  }
  const first = lines[at];
  if (first === undefined) return undefined;
  const [, method, url] = REQUEST_LINE.exec(first.text.trim())!;
  let target = fill(url!, first, surroundings);
  const headers: [string, string][] = [];
  for (at++; at < lines.length && lines[at]!.text.trim() !== ''; at++) {
    const line = lines[at]!;
    const text = line.text.trim();
    if (headers.length === 0 && /^[?&]/.test(text)) target += fill(text, line, surroundings);
    else if (!COMMENT.test(text)) headers.push(readHeader(line, surroundings));
  }
  if (!/^(?:https?:\/\/|\/)/i.test(target)) {
    throw mistake(first, surroundings, `"${first.text.trim()}" is no request line. Write it like: GET /todos`);
  }
  const body = readBody(lines.slice(at + 1), headers, surroundings);
  return { name, method: (method ?? 'GET').toUpperCase(), url: target, headers, body };
}

function readHeader(line: Line, surroundings: Surroundings): [string, string] {
  const header = HEADER.exec(line.text.trim());
  if (header === null) {
    throw mistake(
      line,
      surroundings,
      `"${line.text.trim()}" is no header. Write it like "accept: text/html"; a body comes after an empty line.`,
    );
  }
  return [header[1]!, fill(header[2]!.trim(), line, surroundings)];
}

function readBody(
  lines: readonly Line[],
  headers: readonly (readonly [string, string])[],
  surroundings: Surroundings,
): Uint8Array {
  const from = lines.findIndex(({ text }) => text.trim() !== '');
  if (from === -1) return new Uint8Array(0);
  const to = lines.findLastIndex(({ text }) => text.trim() !== '');
  const body = lines.slice(from, to + 1);
  for (const line of body) {
    if (/^(?:>\s*\{%|>>|>\s+\S+\.\w+$|<>)/.test(line.text)) {
      throw mistake(line, surroundings, 'handlers of answers are not run here. Take them out, or into another file.');
    }
  }
  const file = /^<\s+(\S.*)$/.exec(body[0]!.text);
  if (file !== null && body.length === 1)
    return readBodyFile(fill(file[1]!.trim(), body[0]!, surroundings), body[0]!, surroundings);
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].toLowerCase() ?? '';
  const texts = body.map((line) => fill(line.text, line, surroundings));
  if (type.startsWith('application/x-www-form-urlencoded'))
    return Buffer.from(texts.map((text) => text.trim()).join(''));
  // The lines of a multipart body end in CR and LF (RFC 2046 §5.1.1).
  if (type.startsWith('multipart/')) return Buffer.from(`${texts.join('\r\n')}\r\n`);
  return Buffer.from(texts.join('\n'));
}

function readBodyFile(name: string, line: Line, surroundings: Surroundings): Uint8Array {
  const path = resolve(dirname(surroundings.path), name);
  try {
    return readFileSync(path);
  } catch (error) {
    throw mistake(line, surroundings, `the body ${name} cannot be read: ${(error as Error).message}.`);
  }
}

/** Puts the values of variables into a text. */
function fill(text: string, line: Line, surroundings: Surroundings): string {
  return text.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_, name: string) => {
    const value = surroundings.variables.get(name);
    if (value !== undefined) return value;
    throw mistake(
      line,
      surroundings,
      name.startsWith('$')
        ? `{{${name}}} is another value each time, so that no two answers could be compared. Write a value.`
        : `there is no variable "${name}". Define it above: @${name} = …`,
    );
  });
}

function mistake(line: Line, { path }: Surroundings, what: string): CommandError {
  return new CommandError(`${path}:${line.number}: ${what}`);
}
