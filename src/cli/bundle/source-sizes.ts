import { SourceMap } from 'node:module';

/** The name that stands for the bundler's own lines: how modules are held together. */
export const GLUE = 'rolldown/runtime.js';

/** The part of a source map that is looked at. */
type Payload = ConstructorParameters<typeof SourceMap>[0];

/**
 * How many bytes of a file came of each of its sources, by their names in its source map; what the bundler itself wrote
 * is under {@link GLUE}.
 */
export function measureSources(code: string, map: object): Map<string, number> {
  const origins = new SourceMap(map as Payload);
  const sizes = new Map<string, number>();
  for (const [line, text] of code.split('\n').entries()) {
    for (let column = 0; column < text.length; column++) {
      const origin = origins.findEntry(line, column);
      const source = 'originalSource' in origin ? (origin.originalSource ?? GLUE) : GLUE;
      sizes.set(source, (sizes.get(source) ?? 0) + Buffer.byteLength(text[column]!));
    }
  }
  return sizes;
}
