import fc from 'fast-check';
import { parsePath } from '../src/runtime/routes/path-pattern.js';

/** What a path is read as, or why it cannot be read. */
function readingOf(path: string, strict: boolean, caseSensitive: boolean): unknown {
  try {
    const { variants, params } = parsePath(path, { strict, caseSensitive });
    return { variants, params };
  } catch (error) {
    return (error as Error).message.replace(JSON.stringify(path), 'it').replace(/index \d+/, 'an index');
  }
}

const segment = fc.oneof(
  fc.constantFrom('', ':id', ':name', '*rest', ':$_1', 'Todos', 'v1.2', '~me', 'a-b_c', '.well-known', '7'),
  // Beyond what is plain: both readings are the same one then.
  fc.constantFrom('a%20b', ':a.:b', ':1', ':', 'ä', ':ä', 'a:b', '@me', '*'),
);

test('a plain path has the same pattern as by the whole grammar', () => {
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 5 }), fc.boolean(), fc.boolean(), (segments, strict, caseSensitive) => {
      const path = `/${segments.join('/')}`;
      // A slash that is meant as it is means the same, and is nothing that the short way takes.
      expect(readingOf(path, strict, caseSensitive)).toEqual(readingOf(`\\${path}`, strict, caseSensitive));
    }),
    { numRuns: 5_000 },
  );
});
