/** An entity tag (RFC 9110 §8.8.3), within a list. */
const TAG = /(?:W\/)?"[!#-~\x80-\xff]*"/g;

/**
 * Whether a list of entity tags has one, or is `*`. By weak comparison, as for `If-None-Match` (RFC 9110 §13.1.2): what
 * compresses on the way makes strong tags weak.
 */
export function hasTag(list: string, tag: string): boolean {
  if (list.trim() === '*') return true;
  const opaque = withoutWeakness(tag);
  return tagsIn(list).some((each) => withoutWeakness(each) === opaque);
}

/** The tags of a list; text between them is skipped. */
export function tagsIn(list: string): readonly string[] {
  return list.match(TAG) ?? [];
}

/** The tag of a representation that means the same, though not with the same bytes. */
export function toWeak(tag: string): string {
  return tag.startsWith('W/') ? tag : `W/${tag}`;
}

function withoutWeakness(tag: string): string {
  return tag.replace(/^W\//, '');
}
