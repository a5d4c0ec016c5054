/** The only name with a leading dot that is published: RFC 8615 defines it for clients to read. */
const WELL_KNOWN = '.well-known';

/**
 * Whether decoded segments are a name that may be below a public folder. Nothing else reaches the file system: no `..`, no
 * separator of any system, no dotfile, no NUL, and no colon, behind which Windows keeps drives and streams.
 */
export function isFileName(segments: readonly string[]): boolean {
  return (
    segments.length > 0 &&
    segments.every(
      (segment) => segment !== '' && !/[/\\:\0]/.test(segment) && (!segment.startsWith('.') || segment === WELL_KNOWN),
    )
  );
}
