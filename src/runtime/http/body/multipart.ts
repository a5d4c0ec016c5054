import { basename } from 'node:path';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { NamedValues } from '../named-values.js';
import { isJson } from './media-type.js';
import { parseJson } from './parse-json.js';
import type { RefuseBody } from './refuse-body.js';
import { decodeText } from './text-decoders.js';

/** A file of a form. */
export interface UploadedFile {
  /**
   * The base name alone, without folders and control characters; `unnamed` where the client gave none, or one that means a
   * folder, such as `..`. Any other name is as the client sent it.
   */
  readonly filename: string;
  /** What the client claims, in lower case and without parameters, such as `text/csv`; not verified. Default: `text/plain`. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /**
   * The bytes as text, as of a body: UTF-8 without a byte order mark, or UTF-16 where its mark comes first.
   *
   * @throws HttpError 400 for bytes that are not valid text
   * @see https://w3c.github.io/FileAPI/#dom-blob-text
   */
  text(): string;
}

/** A parsed form with files. */
export interface Multipart {
  /** The texts of parts that are not files, as sent. */
  readonly texts: NamedValues;
  /** Those of them that are not JSON. */
  readonly values: NamedValues;
  /** The values of parts that are JSON, by field name: of several with one name the first. */
  readonly json: ReadonlyMap<string, unknown>;
  /** By field name, in the order of the form. */
  readonly files: ReadonlyMap<string, readonly UploadedFile[]>;
}

/** The most parts of a form, and the most and longest headers of a part. */
const LIMITS = { parts: 1000, headerPairs: 100, headerSize: 8192 };

/** The longest name of a field, in characters. */
const MAX_NAME = 200;

/**
 * Parses a multipart body; without any bytes it is an empty form. Rejects with a 400 if it is malformed, with a 413 above a
 * limit.
 */
export function parseMultipart(body: Uint8Array, contentType: string, refuse: RefuseBody): Promise<Multipart> {
  // A content type without content is not a body.
  if (body.byteLength === 0) {
    return Promise.resolve({ texts: new Map(), values: new Map(), files: new Map(), json: new Map() });
  }
  return parseParts(Buffer.from(body.buffer, body.byteOffset, body.byteLength), contentType, refuse);
}

function parseParts(body: Buffer, contentType: string, refuse: RefuseBody): Promise<Multipart> {
  return new Promise((resolve, reject) => {
    const texts: NamedValues = new Map();
    const values: NamedValues = new Map();
    const files = new Map<string, UploadedFile[]>();
    const json = new Map<string, unknown>();
    const malformed = (cause?: unknown) => reject(refuse(400, 'The multipart body is malformed', cause));
    const isDecoded = decodedTextsOf(body);
    let busboy: BusboyInstance;
    try {
      busboy = new Busboy({
        headers: { 'content-type': contentType } as BusboyHeaders,
        // The body as a whole was limited already.
        limits: { ...LIMITS, fieldSize: body.byteLength + 1, fileSize: body.byteLength + 1 },
      });
    } catch (cause) {
      reject(refuse(400, 'The content-type of the multipart body has no boundary', cause));
      return;
    }
    const tooMany = (what: string) => reject(refuse(413, `The form has ${what}`));
    /** Every part must have a name (RFC 7578 §4.2); the parser gives undefined for a missing one. */
    const hasName = (name: string | undefined): name is string => {
      if (name === undefined) malformed(new Error('a part has no name'));
      else if (name.length > MAX_NAME) tooMany(`a field name of more than ${MAX_NAME} characters`);
      return name !== undefined;
    };
    busboy.on('partsLimit', () => tooMany(`more than ${LIMITS.parts} parts`));
    busboy.on('field', (name: string | undefined, value, _nameCut, _valueCut, _encoding, type) => {
      if (!hasName(name)) return;
      try {
        if (!isDecoded(value)) throw refuse(400, 'The body is not valid UTF-8');
        add(texts, name, value);
        if (!isJson(essenceOf(type))) add(values, name, value);
        else if (!json.has(name)) json.set(name, parseJson(value.replace(/^\ufeff/, ''), refuse));
      } catch (error) {
        reject(error);
      }
    });
    busboy.on('file', (name: string | undefined, stream, filename, _encoding, type) => {
      const chunks: Buffer[] = [];
      // Without a listener, a part that ends early would end the process.
      stream.on('error', malformed);
      if (!hasName(name)) {
        stream.resume();
        return;
      }
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const bytes = Buffer.concat(chunks);
        // A file input without a file.
        if (filename === '' && bytes.byteLength === 0) return;
        add(files, name, createFile(name, filename, type, bytes, refuse));
        if (isJson(essenceOf(type)) && !json.has(name)) addJsonFile(json, name, bytes);
      });
    });
    busboy.on('error', malformed);
    busboy.on('finish', () => resolve({ texts, values, files, json }));
    busboy.end(body);
  });
}

/**
 * Tells whether a text of the body was decoded as it is: the parser makes U+FFFD of bytes that are not UTF-8, and no such
 * text is in the body. Texts come in the order of the body, so that all of them take one pass.
 */
function decodedTextsOf(body: Buffer): (text: string) => boolean {
  let from = 0;
  return (text) => {
    if (from === -1 || !text.includes('\ufffd')) return from !== -1;
    from = body.indexOf(text, from);
    return from !== -1;
  };
}

function essenceOf(contentType: string): string {
  return contentType.split(';')[0]!.trim().toLowerCase();
}

/** A `Blob` of JSON has a file name: it is a file and a value. What is not valid JSON is a file alone. */
function addJsonFile(json: Map<string, unknown>, name: string, bytes: Uint8Array): void {
  try {
    json.set(
      name,
      parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes), () => new Error()),
    );
  } catch {
    // Whoever binds it as a value finds none.
  }
}

function add<T>(map: Map<string, T[]>, name: string, value: T): void {
  const list = map.get(name);
  if (list === undefined) map.set(name, [value]);
  else list.push(value);
}

function createFile(
  name: string,
  filename: string | undefined,
  contentType: string,
  bytes: Buffer,
  refuse: RefuseBody,
): UploadedFile {
  return {
    filename: safeName(filename),
    contentType,
    bytes,
    text: () =>
      decodeText(bytes, 'utf-8', (status, message, cause) => refuse(status, fileMessage(message, name), cause)),
  };
}

/** Says of a file what is said of a body. */
function fileMessage(message: string, name: string): string {
  return message.replace(/^The body/, `The file ${name}`);
}

/** The base name on any system, both kinds of separators; never a folder, nor what a file system or a terminal takes amiss. */
function safeName(filename = ''): string {
  const base = basename(filename.replaceAll('\\', '/').replace(/[\0-\x1f\x7f-\x9f]/g, ''));
  return base === '' || base === '.' || base === '..' ? 'unnamed' : base;
}
