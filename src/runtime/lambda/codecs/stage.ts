/**
 * The path of an HTTP API without its stage: a named stage comes first in the path, behind a custom domain as well.
 *
 * @param stage absent in hand-made events
 */
export function withoutStage(path: string, stage: string | null | undefined): string {
  if (typeof stage !== 'string' || stage === '$default' || !path.startsWith(`/${stage}`)) return path;
  const rest = path.slice(stage.length + 1);
  return rest === '' ? '/' : rest[0] === '/' ? rest : path;
}
