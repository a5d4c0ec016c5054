import { STATUS_CODES } from 'node:http';
import type { TestResponse } from 'twodoors/testing';
import { type RawRequest } from '../../src/runtime/gateways/raw-http.js';
import { toRawRequest } from '../../src/runtime/testing/test-request.js';
import { wordsOf } from '../doc-blocks.js';

/** The address of the pages' examples. */
const ORIGIN = 'http://localhost:3000';

/** A parsed curl command. */
export interface Curl {
  readonly request: RawRequest;
  /** Whether it prints the head of the response (`-i`, `-I`). */
  readonly printsHead: boolean;
}

/** @throws Error for an unknown option, and for an address other than {@link ORIGIN} */
export function readCurl(command: string): Curl {
  const [, ...words] = wordsOf(command);
  const headers: [string, string][] = [
    ['host', 'localhost:3000'],
    ['user-agent', 'curl/8.7.1'],
    ['accept', '*/*'],
  ];
  const setHeader = (name: string, value: string) => {
    const known = headers.find(([each]) => each === name.toLowerCase());
    if (known === undefined) headers.push([name.toLowerCase(), value]);
    else known[1] = value;
  };
  let method: string | undefined;
  let body: string | undefined;
  let address: string | undefined;
  let printsHead = false;
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-i') printsHead = true;
    else if (word === '-I') {
      printsHead = true;
      method = 'HEAD';
    } else if (word === '-X') method = words.shift();
    else if (word === '-H') {
      const [, name, value] = /^([^:]+):\s*(.*)$/.exec(words.shift() ?? '')!;
      setHeader(name!, value!);
    } else if (word === '-b') setHeader('cookie', words.shift() ?? '');
    else if (word === '--json') {
      body = words.shift();
      setHeader('content-type', 'application/json');
      setHeader('accept', 'application/json');
    } else if (word === '-d') {
      body = words.shift();
      if (!headers.some(([name]) => name === 'content-type')) {
        setHeader('content-type', 'application/x-www-form-urlencoded');
      }
    } else if (word === '-F') {
      body = `${body ?? ''}--${BOUNDARY}\r\n${readPart(words.shift() ?? '')}\r\n`;
      setHeader('content-type', `multipart/form-data; boundary=${BOUNDARY}`);
    } else if (word.startsWith('-')) throw new Error(`curl's option ${word} is not supported here: ${command}`);
    else address = word;
  }
  if (body?.startsWith(`--${BOUNDARY}`)) body += `--${BOUNDARY}--\r\n`;
  if (address === undefined || !`${address}/`.startsWith(`${ORIGIN}/`)) {
    throw new Error(`curl must send its request to ${ORIGIN}: ${command}`);
  }
  const target = address.slice(ORIGIN.length) || '/';
  return {
    request: toRawRequest(target, { headers, ...(method && { method }), ...(body !== undefined && { body }) }),
    printsHead,
  };
}

const BOUNDARY = '------------------------d74496d66958873e';

/** A part of a form: `name=text`. `;filename=…` makes it a file, `;type=…` sets its type. */
function readPart(text: string): string {
  const [, name, value, filename, type] = /^([^=]+)=([^;@<]*)(?:;filename=([^;]+))?(?:;type=([^;]+))?$/.exec(text)!;
  const disposition = `Content-Disposition: form-data; name="${name}"${filename ? `; filename="${filename}"` : ''}`;
  return [disposition, ...(type ? [`Content-Type: ${type}`] : []), '', value].join('\r\n');
}

/** Framing headers: each door has its own, and the pages leave them out. */
const FRAMING = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']);

/** What curl prints of a response. The headers are sorted, because no gateway keeps their order. */
export function printed(response: TestResponse, { printsHead }: Curl): string {
  const body = response.text();
  if (!printsHead) return body;
  const fields = response.rawHeaders
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !FRAMING.has(name))
    .map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${response.status} ${STATUS_CODES[response.status]}`, ...fields.sort(), '', body].join('\n');
}

/** Normalises what curl printed, or what a page shows, so that both can be compared. */
export function comparable(text: string, language: string): string {
  // Each request has another id.
  const named = text
    .replaceAll(/"requestId": ?"[^"]+"/g, '"requestId":"…"')
    .replaceAll('\r\n', '\n')
    .trim();
  // Pages format JSON for their readers.
  if (language === 'json') return JSON.stringify(JSON.parse(named));
  if (language !== 'http') return named;
  const [head, ...rest] = named.split('\n\n');
  const [status, ...fields] = head!.split('\n');
  const body = rest.join('\n\n');
  return [status, ...fields.sort(), '', /^[{[]/.test(body) ? JSON.stringify(JSON.parse(body)) : body].join('\n').trim();
}
