/** The names of common statuses; for the others Node's HTTP module has to be loaded. */
const COMMON: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  404: 'Not Found',
  500: 'Internal Server Error',
};

/** The name of a status, as Node has it; undefined if it has no name. */
export function reasonPhrase(status: number): string | undefined {
  return COMMON[status] ?? process.getBuiltinModule('node:http').STATUS_CODES[status];
}
