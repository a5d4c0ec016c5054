import type { Plugin } from 'rolldown';

/**
 * Modules of twodoors that only some requests need, and that import nothing that the rest of a bundle has: each becomes a
 * file of its own, which is read when it is first needed. Node looks through all of a file before it runs any of it, so
 * that what lies in it unused costs a cold start its share (docs/performance.md).
 */
const LAZY =
  /[\\/]runtime[\\/](?:http|lambda)[\\/](multipart|error-page|decode-content|unknown-event|excess-message|log-record|parse-json|text-decoding)\.[jt]s$/;

/** Keeps such modules out of a bundle, and notes in `found` the file's name and the module that is to be in it. */
export function lazyPlugin(found: Map<string, string>, extension: 'js' | 'mjs'): Plugin {
  return {
    name: 'twodoors:lazy',
    async resolveId(source, importer, { kind }) {
      if (kind !== 'dynamic-import') return null;
      const resolved = await this.resolve(source, importer, { kind, skipSelf: true });
      const noun = resolved === null ? undefined : LAZY.exec(resolved.id)?.[1];
      if (noun === undefined) return resolved;
      const name = `${noun}.${extension}`;
      found.set(name, resolved!.id);
      return { id: `./${name}`, external: true };
    },
  };
}
