import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CommandError } from '../command-error.js';
import { type RecordedRequest, type RequestParts, toRecordedRequest } from './recorded-request.js';

/** A line of the file, with its number. */
interface Line {
  readonly text: string;
  readonly number: number;
}

/** The file that is being read, and its variables so far. */
interface HttpFile {
  readonly path: string;
  readonly variables: Map<string, string>;
}

const VARIABLE = /^@([\w.-]+)\s*=\s*(.*)$/;
const NAME = /^(?:#|\/\/)\s*@name\s*[=\s]\s*(\S+)\s*$/;
const COMMENT = /^(?:#|\/\/)/;
const REQUEST_LINE = /^(?:([A-Za-z][A-Za-z-]*)\s+)?(\S.*?)(?:\s+HTTP\/\d(?:\.\d)?)?$/;
const HEADER = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)\s*:\s*(.*)$/;
const RESPONSE_HANDLER = /^(?:>\s*\{%|>>|>\s+\S+\.\w+$|<>)/;

/**
 * Reads a `.http` file as editors use them: requests between lines of `###`, `# @name`, comments, variables
 * (`@host = …`, `{{host}}`), a request line with or without method and version, a query that continues on lines that
 * start with `?` or `&`, headers, and a body, or `< file` for a body in another file.
 *
 * @throws CommandError with the file and the line of anything else
 */
export function readHttpFile(path: string, content: string): RecordedRequest[] {
  const file: HttpFile = { path, variables: new Map() };
  const requests: RecordedRequest[] = [];
  let block: Line[] = [];
  const endBlock = () => {
    const parts = readBlock(block, file);
    if (parts !== undefined) requests.push(toRecordedRequest(parts));
    block = [];
  };
  content.split(/\r?\n/).forEach((text, i) => {
    if (text.startsWith('###')) endBlock();
    else block.push({ text, number: i + 1 });
  });
  endBlock();
  if (requests.length === 0) throw new CommandError(`${path} contains no requests.`);
  return requests;
}

/** Reads one request. Returns undefined for a block that has only comments and variables. */
function readBlock(lines: readonly Line[], file: HttpFile): RequestParts | undefined {
  let name: string | undefined;
  let at = 0;
  for (; at < lines.length; at++) {
    const line = lines[at]!;
    const text = line.text.trim();
    const variable = VARIABLE.exec(text);
    if (variable !== null) file.variables.set(variable[1]!, fill(variable[2]!, line, file));
    else if (NAME.test(text)) name = NAME.exec(text)![1];
    else if (text !== '' && !COMMENT.test(text)) break;
  }
  const first = lines[at];
  if (first === undefined) return undefined;
  const [, method, url] = REQUEST_LINE.exec(first.text.trim())!;
  let target = fill(url!, first, file);
  const headers: [string, string][] = [];
  for (at++; at < lines.length && lines[at]!.text.trim() !== ''; at++) {
    const line = lines[at]!;
    const text = line.text.trim();
    if (headers.length === 0 && /^[?&]/.test(text)) target += fill(text, line, file);
    else if (!COMMENT.test(text)) headers.push(readHeader(line, file));
  }
  if (!/^(?:https?:\/\/|\/)/i.test(target)) {
    throw mistake(first, file, `"${first.text.trim()}" is not a request line. Write it like this: GET /todos`);
  }
  const body = readBody(lines.slice(at + 1), headers, file);
  return { name, method: (method ?? 'GET').toUpperCase(), url: target, headers, body };
}

function readHeader(line: Line, file: HttpFile): [string, string] {
  const header = HEADER.exec(line.text.trim());
  if (header === null) {
    throw mistake(
      line,
      file,
      `"${line.text.trim()}" is not a header. Write it like this: accept: text/html. Put an empty line before a body.`,
    );
  }
  return [header[1]!, fill(header[2]!.trim(), line, file)];
}

function readBody(lines: readonly Line[], headers: readonly (readonly [string, string])[], file: HttpFile): Uint8Array {
  const from = lines.findIndex(({ text }) => text.trim() !== '');
  if (from === -1) return new Uint8Array(0);
  const to = lines.findLastIndex(({ text }) => text.trim() !== '');
  const body = lines.slice(from, to + 1);
  const handler = body.find(({ text }) => RESPONSE_HANDLER.test(text));
  if (handler !== undefined) {
    throw mistake(handler, file, 'response handlers are not supported. Remove them, or move them to another file.');
  }
  const reference = /^<\s+(\S.*)$/.exec(body[0]!.text);
  if (reference !== null && body.length === 1) {
    return readBodyFile(fill(reference[1]!.trim(), body[0]!, file), body[0]!, file);
  }
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].toLowerCase() ?? '';
  const texts = body.map((line) => fill(line.text, line, file));
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return Buffer.from(texts.map((text) => text.trim()).join(''));
  }
  // The lines of a multipart body end with CR LF (RFC 2046 §5.1.1).
  if (type.startsWith('multipart/')) return Buffer.from(`${texts.join('\r\n')}\r\n`);
  return Buffer.from(texts.join('\n'));
}

function readBodyFile(name: string, line: Line, file: HttpFile): Uint8Array {
  try {
    return readFileSync(resolve(dirname(file.path), name));
  } catch (error) {
    throw mistake(line, file, `cannot read the body from ${name}: ${(error as Error).message}.`);
  }
}

/** Replaces the variables in a text with their values. */
function fill(text: string, line: Line, file: HttpFile): string {
  return text.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_, name: string) => {
    const value = file.variables.get(name);
    if (value !== undefined) return value;
    throw mistake(
      line,
      file,
      name.startsWith('$')
        ? `{{${name}}} has another value each time, so responses cannot be compared. Write a fixed value.`
        : `there is no variable "${name}". Define it above: @${name} = …`,
    );
  });
}

function mistake(line: Line, { path }: HttpFile, message: string): CommandError {
  return new CommandError(`${path}:${line.number}: ${message}`);
}
