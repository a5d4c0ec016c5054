import { basename } from 'node:path';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { RefuseBody } from './body.js';
import type { NamedValues } from './named-values.js';

/** A file of a form. */
export interface UploadedFile {
  /** The base name alone: what a client says of folders is not kept. */
  readonly filename: string;
  /** As the client says; nothing is known of it. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** The bytes as UTF-8. */
  text(): string;
}

/** A form with files, taken apart. */
export interface Multipart {
  readonly values: NamedValues;
  /** By the name of the field, in the order of the form. */
  readonly files: ReadonlyMap<string, readonly UploadedFile[]>;
}

/** How many parts a form may have, and how long their headers may be. */
const LIMITS = { parts: 1000, headerPairs: 100, headerSize: 8192 };

/** How long the name of a field may be, in characters. */
const MAX_NAME = 200;

/**
 * Takes a multipart body apart; the same from whatever door it came.
 *
 * Rejects with a 400 where it is malformed, with a 413 beyond a limit.
 */
export function parseMultipart(body: Uint8Array, contentType: string, refuse: RefuseBody): Promise<Multipart> {
  return new Promise((resolve, reject) => {
    const values: NamedValues = new Map();
    const files = new Map<string, UploadedFile[]>();
    const malformed = (cause?: unknown) => reject(refuse(400, 'The multipart body is malformed', cause));
    let busboy: BusboyInstance;
    try {
      busboy = new Busboy({
        headers: { 'content-type': contentType } as BusboyHeaders,
        // The whole body has had its limit already.
        limits: { ...LIMITS, fieldSize: body.byteLength + 1, fileSize: body.byteLength + 1 },
      });
    } catch (cause) {
      malformed(cause);
      return;
    }
    const tooMany = (what: string) => reject(refuse(413, `The form has ${what}`));
    /** The parser gives parts without a name, which may not be (RFC 7578 §4.2), as undefined. */
    const hasName = (name: string | undefined): name is string => {
      if (name === undefined) malformed(new Error('a part has no name'));
      else if (name.length > MAX_NAME) tooMany(`a field name of more than ${MAX_NAME} characters`);
      return name !== undefined;
    };
    busboy.on('partsLimit', () => tooMany(`more than ${LIMITS.parts} parts`));
    busboy.on('field', (name: string | undefined, value) => {
      if (hasName(name)) add(values, name, value);
    });
    busboy.on('file', (name: string | undefined, stream, filename, _encoding, type) => {
      const chunks: Buffer[] = [];
      // Without a listener, a part that ends early takes the process down.
      stream.on('error', malformed);
      if (!hasName(name)) {
        stream.resume();
        return;
      }
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const bytes = Buffer.concat(chunks);
        // A file input that was left empty.
        if (filename === '' && bytes.byteLength === 0) return;
        add(files, name, createFile(filename, type, bytes));
      });
    });
    busboy.on('error', malformed);
    busboy.on('finish', () => resolve({ values, files }));
    busboy.end(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  });
}

function add<T>(map: Map<string, T[]>, name: string, value: T): void {
  const list = map.get(name);
  if (list === undefined) map.set(name, [value]);
  else list.push(value);
}

function createFile(filename: string | undefined, contentType: string, bytes: Buffer): UploadedFile {
  return {
    // Of either kind of separator, on either kind of system.
    filename: basename((filename ?? '').replaceAll('\\', '/')),
    contentType,
    bytes,
    text: () => bytes.toString('utf8'),
  };
}
