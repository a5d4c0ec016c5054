import { SourceMap } from 'node:module';

/** Stands for the bundler's own code, which connects the modules. */
export const BUNDLER_SOURCE = 'rolldown/runtime.js';

type SourceMapPayload = ConstructorParameters<typeof SourceMap>[0];

/**
 * Measures how many bytes of a file came from each of its sources, by their names in its source map. The bundler's own
 * code counts for {@link BUNDLER_SOURCE}.
 */
export function measureSources(code: string, map: object): Map<string, number> {
  const origins = new SourceMap(map as SourceMapPayload);
  const sizes = new Map<string, number>();
  for (const [line, text] of code.split('\n').entries()) {
    for (let column = 0; column < text.length; column++) {
      const origin = origins.findEntry(line, column);
      const source = 'originalSource' in origin ? (origin.originalSource ?? BUNDLER_SOURCE) : BUNDLER_SOURCE;
      sizes.set(source, (sizes.get(source) ?? 0) + Buffer.byteLength(text[column]!));
    }
  }
  return sizes;
}
