import type { UploadOptions } from '../declarations/param-record.js';
import type { UploadedFile as FormFile } from '../http/multipart.js';
import { planUpload } from '../link/binding/upload-binder.js';
import { recordParam } from './params.js';

/** A file of a form, as a handler gets it. */
export type UploadedFile = FormFile;

/**
 * One file of a form: `{ filename, contentType, bytes, text() }`. The form's other fields are bound by `@Body`.
 *
 * @param name of the field; a `?` at its end makes it optional
 * @example
 * ```ts
 * // upload(@UploadedFile('photo', { maxBytes: 5_000_000, types: ['image/*'] }) photo: UploadedFile)
 * ```
 */
export function UploadedFile(name: string, options: Omit<UploadOptions, 'max'> = {}): ParameterDecorator {
  return uploaded('file', name, options);
}

/** All files of a field that takes several. */
export function UploadedFiles(name: string, options: UploadOptions = {}): ParameterDecorator {
  return uploaded('files', name, options);
}

function uploaded(source: 'file' | 'files', name: string, upload: UploadOptions): ParameterDecorator {
  const optional = upload.optional ?? name.endsWith('?');
  return (target, method, index) =>
    recordParam(target, method, index, {
      source,
      name: name.replace(/\?$/, ''),
      type: undefined,
      options: { optional },
      plan: planUpload,
      upload,
    });
}
