/** Whether an error has a status of its own, such as an `HttpError` that a constraint throws on purpose. */
export function isHttpError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error;
}
