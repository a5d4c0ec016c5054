/** Those of ordinary answers; the others are looked up, so that no table has to be loaded for them. */
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

/** The name of a status, as Node has it; undefined for one that has none. */
export function reasonPhrase(status: number): string | undefined {
  return COMMON[status] ?? process.getBuiltinModule('node:http').STATUS_CODES[status];
}
