/**
 * The files of a bundle that go into its zip. Source maps stay in `build/lambda`: if the zip had them, nothing would read
 * them, unless the function's NODE_OPTIONS say so. Reading them costs each cold start more than loading the app does
 * (docs/deploy.md).
 */
export function zippedFiles(
  files: ReadonlyMap<string, Uint8Array>,
  environment: Readonly<Record<string, string>>,
): ReadonlyMap<string, Uint8Array> {
  if (/(?:^|\s)--enable-source-maps(?:\s|$)/.test(environment['NODE_OPTIONS'] ?? '')) return files;
  // A map of the app's own public files is not one of these.
  return new Map([...files].filter(([name]) => name.includes('/') || !name.endsWith('js.map')));
}
