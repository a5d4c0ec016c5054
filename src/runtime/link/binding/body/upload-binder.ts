import type { UploadedFile } from '../../../http/body/multipart.js';
import type { UploadArgumentPlan } from '../../../plan/app-plan.js';
import { fromLimit } from '../../../plan/limit.js';
import type { Binder } from '../binder.js';
import { BindingFailure } from '../binding-failure.js';
import type { ParsedBody } from './parsed-body.js';

/** Makes the binder of `@UploadedFile` or `@UploadedFiles`. */
export function createUploadBinder(argument: UploadArgumentPlan): Binder {
  return argument.kind === 'file' ? fileBinder(argument) : filesBinder(argument);
}

function fileBinder(argument: UploadArgumentPlan): Binder {
  const { name: field, isOptional = false } = argument;
  const check = createCheck(argument);
  return function bindFile(_request, body) {
    const files = body!.files?.get(field) ?? [];
    if (files.length === 0) return isOptional ? undefined : missingFile(field, body!);
    if (files.length > 1) return BindingFailure.of('body', field, `${field} must be one file`);
    const message = check(files[0]!);
    return message === undefined ? files[0] : BindingFailure.of('body', field, message);
  };
}

function filesBinder(argument: UploadArgumentPlan): Binder {
  const { name: field, isOptional = false } = argument;
  const most = fromLimit(argument.max);
  const check = createCheck(argument);
  return function bindFiles(_request, body) {
    const files = body!.files?.get(field) ?? [];
    if (files.length === 0) return isOptional ? [] : missingFile(field, body!);
    if (files.length > most) return BindingFailure.of('body', field, `${field} must be at most ${most} files`);
    const issues = files.flatMap((file, i) => {
      const message = check(file);
      return message === undefined ? [] : [{ in: 'body' as const, path: `${field}[${i}]`, message }];
    });
    return issues.length > 0 ? new BindingFailure(issues) : files;
  };
}

/** A part without a file name is a field: its sender believes to have sent a file. */
function missingFile(field: string, { value }: ParsedBody): BindingFailure {
  const isField = Object.hasOwn(Object(value), field) && (value as Record<string, unknown>)[field] !== '';
  return BindingFailure.of(
    'body',
    field,
    isField ? `${field} must be a file, with a filename` : `${field} is required`,
  );
}

/** Makes the check of one file: gives what is wrong with it, or undefined. */
function createCheck(argument: UploadArgumentPlan): (file: UploadedFile) => string | undefined {
  const { name, types } = argument;
  const maxBytes = fromLimit(argument.maxBytes);
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
