import type { ParamRecord } from '../../declarations/param-record.js';
import type { UploadedFile } from '../../http/multipart.js';
import { BindingFailure, failure } from './binding-failure.js';
import { createBodyParser } from './body-parser.js';
import type { Binder, PlanBinding } from './parameter.js';

/** How large a file may be, and how many there may be, unless the decorator says otherwise. */
const MAX_BYTES = 1_048_576;
const MAX_FILES = 10;

/** `@UploadedFile` and `@UploadedFiles`. */
export const planUpload: PlanBinding = ({ record }) => ({
  bind: createUploadBinder(record),
  body: { kind: 'form', createParser: createBodyParser, extraBytes: extraBytesOf(record) },
});

/** How much larger the files of a parameter may make a body, in bytes. */
function extraBytesOf({ source, upload }: ParamRecord): number {
  if (upload === undefined) return 0;
  return (upload.maxBytes ?? MAX_BYTES) * (source === 'files' ? (upload.max ?? MAX_FILES) : 1);
}

function createUploadBinder({ source, name, options, upload = {} }: ParamRecord): Binder {
  const field = name!;
  const check = createCheck(field, upload.maxBytes ?? MAX_BYTES, upload.types);
  if (source === 'file') {
    return (_request, body) => {
      const files = body!.files?.get(field) ?? [];
      if (files.length === 0) return options.optional ? undefined : failure('body', field, `${field} is required`);
      if (files.length > 1) return failure('body', field, `${field} must be one file`);
      const message = check(files[0]!);
      return message === undefined ? files[0] : failure('body', field, message);
    };
  }
  const max = upload.max ?? MAX_FILES;
  return (_request, body) => {
    const files = body!.files?.get(field) ?? [];
    if (files.length === 0) return options.optional ? [] : failure('body', field, `${field} is required`);
    if (files.length > max) return failure('body', field, `${field} must be at most ${max} files`);
    const issues = files.flatMap((file, i) => {
      const message = check(file);
      return message === undefined ? [] : [{ in: 'body' as const, path: `${field}[${i}]`, message }];
    });
    return issues.length > 0 ? new BindingFailure(issues) : files;
  };
}

function createCheck(
  field: string,
  maxBytes: number,
  types: readonly string[] | undefined,
): (file: UploadedFile) => string | undefined {
  const accepted = types?.map((type) => type.toLowerCase());
  return ({ bytes, contentType }) => {
    if (bytes.byteLength > maxBytes) return `${field} must be at most ${maxBytes} bytes`;
    const essence = contentType.split(';')[0]!.trim().toLowerCase();
    const isAccepted =
      accepted?.some((type) => (type.endsWith('/*') ? essence.startsWith(type.slice(0, -1)) : essence === type)) ??
      true;
    return isAccepted ? undefined : `${field} must be of type ${types!.join(' or ')}`;
  };
}
