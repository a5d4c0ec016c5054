import { nameOf } from '../declarations/class.js';
import { recordOf } from '../declarations/records/controller-record.js';
import { anyRecordFor } from '../declarations/records/target-record.js';

/**
 * Sets the largest body that the routes of a class, or one method, take, in bytes as sent and after decompression. It
 * replaces the app's `bodyLimit`; the method's replaces the class's. A larger body is a 413, wherever it is read: in
 * middleware or for a parameter. The files of `@UploadedFile` may come on top, as far as their own limits allow.
 *
 * @param bytes above 0; any other number is a startup mistake. `Infinity`: no limit
 * @example
 * ```ts
 * @Post('/import') @BodyLimit(20 * 1024 * 1024)
 * import(@Body() rows: ImportRows) { return this.rows.add(rows); }
 * ```
 */
export function BodyLimit(bytes: number): ClassDecorator & MethodDecorator {
  return (target: object, name?: string | symbol, third?: unknown) => {
    const record = anyRecordFor('@BodyLimit', target, name, third);
    if (record === undefined) return;
    record.bodyLimit = bytes;
    if (bytes > 0) return;
    const type = typeof target === 'function' ? target : target.constructor;
    recordOf(type).mistakes.push({
      code: 'invalid-option',
      controller: nameOf(type),
      ...(name === undefined ? {} : { method: String(name) }),
      decorator: '@BodyLimit',
      message: `${bytes} is not a number of bytes above 0. Correct it, or leave it out.`,
    });
  };
}
