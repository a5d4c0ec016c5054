import { addParam, PLAIN_PARAM } from '../declarations/calls/add-param.js';
import { recordCall } from '../declarations/calls/record-call.js';
import { assertParentheses } from '../declarations/parentheses.js';
import type { MethodRecord } from '../declarations/records/controller-record.js';
import type { UploadOptions } from '../declarations/records/param-record.js';
import type { UploadedFile as FormFile } from '../http/body/multipart.js';

/** A file of a form, as a handler gets it. */
export type UploadedFile = FormFile;

/**
 * Binds one file of a multipart form: `{ filename, contentType, bytes, text() }`. `@Body` binds the form's other fields.
 * A missing file, several files, a file that is too large or of another type are a 400; a body that is not a multipart
 * form is a 415.
 *
 * @param name of the form field. A `?` at the end makes the file optional: `undefined` where it is missing
 * @param options limits; by default one file has at most 1 MiB, of any type
 * @example
 * ```ts
 * @Post('/photo')
 * upload(@UploadedFile('photo', { maxBytes: 5_000_000, types: ['image/*'] }) photo: UploadedFile) { … }
 * ```
 */
export function UploadedFile(name: string, options: Omit<UploadOptions, 'max'> = {}): ParameterDecorator {
  return uploaded('@UploadedFile', 'file', name, options);
}

/**
 * Binds all files of a form field that takes several. As {@link UploadedFile}; more than `max` files are a 400.
 *
 * @param name of the form field. A `?` at the end makes the files optional: an empty list where there are none
 * @param options limits; by default at most 10 files of at most 1 MiB each, of any type
 * @example
 * ```ts
 * @Post('/album')
 * upload(@UploadedFiles('photos', { max: 20 }) photos: UploadedFile[]) { … }
 * ```
 */
export function UploadedFiles(name: string, options: UploadOptions = {}): ParameterDecorator {
  return uploaded('@UploadedFiles', 'files', name, options);
}

function uploaded(
  decorator: string,
  source: 'file' | 'files',
  name: string,
  upload: UploadOptions,
): ParameterDecorator {
  assertParentheses(decorator, name, `${decorator}('name')`);
  const optional = upload.optional ?? name.endsWith('?');
  return recordCall(decorator, [name, upload], {
    on: 'parameters',
    write(record: MethodRecord, call) {
      addParam(record, call, { ...PLAIN_PARAM, source, name: name.replace(/\?$/, ''), options: { optional }, upload });
    },
  });
}
