/**
 * The files of a bundle that go into its zip. Source maps stay in `build/lambda`: if the zip had them, nothing would read
 * them, unless the NODE_OPTIONS of a stage say so: the zip is the same for all. Reading them costs each cold start more than loading the app does
 * (docs/deploy.md).
 */
export function zippedFiles(
  files: ReadonlyMap<string, Uint8Array>,
  stages: readonly { readonly environment: Readonly<Record<string, string>> }[],
): ReadonlyMap<string, Uint8Array> {
  const isRead = stages.some(({ environment }) =>
    /(?:^|\s)--enable-source-maps(?:\s|$)/.test(environment['NODE_OPTIONS'] ?? ''),
  );
  if (isRead) return files;
  // A map of the app's own public files is not one of these.
  return new Map([...files].filter(([name]) => name.includes('/') || !name.endsWith('js.map')));
}
