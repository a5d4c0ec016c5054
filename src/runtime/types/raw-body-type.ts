/** How a body is bound that is not parsed, apart from text; undefined for the types of all other bodies. */
export function rawBodyTypeOf(type: unknown): 'bytes' | 'stream' | undefined {
  if (type === Uint8Array || type === Buffer) return 'bytes';
  return isStreamClass(type) ? 'stream' : undefined;
}

/** Whether streams of this class can be made of chunks: Node's `Readable`, the web's `ReadableStream`. */
export function isStreamClass(type: unknown): boolean {
  if (typeof type !== 'function' || typeof (type as { from?: unknown }).from !== 'function') return false;
  return typeof type.prototype === 'object' && type.prototype !== null && Symbol.asyncIterator in type.prototype;
}
