/** A file that a test sends. */
export interface TestFile {
  readonly filename: string;
  /** Default: `application/octet-stream`. */
  readonly contentType?: string | undefined;
  readonly content: string | Uint8Array;
}

/** A value of a multipart form. */
export type MultipartValue = string | TestFile;

/** Makes a multipart body as browsers do (HTML, "Constructing the entry list"). */
export function multipartBody(entries: readonly (readonly [name: string, value: MultipartValue])[]): {
  body: Uint8Array;
  contentType: string;
} {
  const parts = entries.map(([name, value]) => partOf(name, value));
  let boundary = 'twodoors-test-boundary';
  while (parts.some((part) => part.includes(boundary))) boundary += '-';
  const chunks = parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')]);
  const body = Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}

function partOf(name: string, value: MultipartValue): Buffer {
  const head = `content-disposition: form-data; name="${escapeName(name)}"`;
  if (typeof value === 'string') return Buffer.from(`${head}\r\n\r\n${value.replace(/\r\n?|\n/g, '\r\n')}`);
  const { filename, contentType = 'application/octet-stream', content } = value;
  const ofFile = `${head}; filename="${escapeName(filename)}"\r\ncontent-type: ${contentType}\r\n\r\n`;
  return Buffer.concat([Buffer.from(ofFile), typeof content === 'string' ? Buffer.from(content) : content]);
}

function escapeName(name: string): string {
  return name.replace(/\r\n?|\n/g, '%0D%0A').replace(/"/g, '%22');
}
