import type { ParamRecord } from '../../declarations/param-record.js';
import type { UploadedFile } from '../../http/multipart.js';
import { BindingFailure } from './binding-failure.js';
import { createBodyParser } from './body-parser.js';
import type { Binder, PlanBinding } from './parameter.js';

/** Default of `maxBytes`. */
const MAX_BYTES = 1_048_576;

/** Default of `max`. */
const MAX_FILES = 10;

/** `@UploadedFile` and `@UploadedFiles`. */
export const planUpload: PlanBinding = ({ record }) => ({
  bind: record.source === 'file' ? fileBinder(record) : filesBinder(record),
  body: { kind: 'form', createParser: createBodyParser, extraBytes: extraBytesOf(record) },
});

/** How much larger the files of a parameter may make a body, in bytes. */
function extraBytesOf({ source, upload }: ParamRecord): number {
  if (upload === undefined) return 0;
  return (upload.maxBytes ?? MAX_BYTES) * (source === 'files' ? (upload.max ?? MAX_FILES) : 1);
}

function fileBinder(record: ParamRecord): Binder {
  const field = record.name!;
  const isOptional = record.options.optional === true;
  const check = createCheck(record);
  return function bindFile(_request, body) {
    const files = body!.files?.get(field) ?? [];
    if (files.length === 0) return isOptional ? undefined : BindingFailure.of('body', field, `${field} is required`);
    if (files.length > 1) return BindingFailure.of('body', field, `${field} must be one file`);
    const message = check(files[0]!);
    return message === undefined ? files[0] : BindingFailure.of('body', field, message);
  };
}

function filesBinder(record: ParamRecord): Binder {
  const field = record.name!;
  const isOptional = record.options.optional === true;
  const most = record.upload?.max ?? MAX_FILES;
  const check = createCheck(record);
  return function bindFiles(_request, body) {
    const files = body!.files?.get(field) ?? [];
    if (files.length === 0) return isOptional ? [] : BindingFailure.of('body', field, `${field} is required`);
    if (files.length > most) return BindingFailure.of('body', field, `${field} must be at most ${most} files`);
    const issues = files.flatMap((file, i) => {
      const message = check(file);
      return message === undefined ? [] : [{ in: 'body' as const, path: `${field}[${i}]`, message }];
    });
    return issues.length > 0 ? new BindingFailure(issues) : files;
  };
}

/** Makes the check of one file: gives what is wrong with it, or undefined. */
function createCheck({ name, upload = {} }: ParamRecord): (file: UploadedFile) => string | undefined {
  const { maxBytes = MAX_BYTES, types } = upload;
  const accepted = types?.map((type) => type.toLowerCase());
  return ({ bytes, contentType }) => {
    if (bytes.byteLength > maxBytes) return `${name} must be at most ${maxBytes} bytes`;
    const essence = contentType.split(';')[0]!.trim().toLowerCase();
    const isAccepted =
      accepted?.some((type) => (type.endsWith('/*') ? essence.startsWith(type.slice(0, -1)) : essence === type)) ??
      true;
    return isAccepted ? undefined : `${name} must be of type ${types!.join(' or ')}`;
  };
}
