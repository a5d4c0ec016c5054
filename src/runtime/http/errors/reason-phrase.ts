/** The name of a status, as Node has it; undefined if it has no name. */
export function reasonPhrase(status: number): string | undefined {
  // Those of common errors are here: for the others, Node's HTTP module has to be loaded.
  switch (status) {
    case 400:
      return 'Bad Request';
    case 404:
      return 'Not Found';
    case 500:
      return 'Internal Server Error';
    default:
      return process.getBuiltinModule('node:http').STATUS_CODES[status];
  }
}
