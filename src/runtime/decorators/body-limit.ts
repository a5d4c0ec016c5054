import { recordCall } from '../declarations/calls/record-call.js';

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
  return recordCall('@BodyLimit', [bytes]);
}
