import fc from 'fast-check';
import { parse } from 'path-to-regexp';
import { parsePathTokens } from '../src/runtime/routes/path-tokens.js';

/** What a parser makes of a path: its tokens, or that it cannot be read. */
function outcome(read: () => unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(read()));
  } catch {
    return 'cannot be read';
  }
}

const piece = fc.oneof(
  fc.constantFrom('/', ':', '*', '{', '}', '\\', '"', '(', ')', '[', ']', '+', '?', '!', '.', '-', '_', '$', ' ', '\n'),
  fc.constantFrom(':id', '*rest', '{/', ':a', ':"a b"', ':"\\""', 'ä', ':ö', '𝒳', ':𝒳y', '\u200d', '\ud800', 'x', '7'),
  fc.string({ maxLength: 3 }),
);

test('a path has the same tokens as in path-to-regexp', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const path = pieces.join('');
      expect(outcome(() => parsePathTokens(path))).toEqual(outcome(() => parse(path).tokens));
    }),
    { numRuns: 20_000 },
  );
});
