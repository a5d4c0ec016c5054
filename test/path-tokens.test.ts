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

test.each([
  ['/a/:id?', 'an optional part', '"?" at index 6 is reserved. Put an optional part into braces, such as {/:id}.'],
  ['/a/:id+', 'repetition', '"+" at index 6 is reserved. A wildcard takes one or more segments, such as *rest.'],
  ['/a/:id(\\d+)', 'a pattern', '"(" at index 6 is reserved. A parameter has no pattern: its type decides'],
  ['/a/*', 'a wildcard without a name', 'the wildcard at index 3 has no name. Give it one, such as *rest.'],
  ['/a/**', 'a deep wildcard', 'the wildcard at index 3 has no name. Give it one, such as *rest.'],
  ['/a/:', 'a parameter without a name', 'the parameter at index 3 has no name. Give it one, such as :id.'],
  ['/a!', 'any other reserved character', '"!" at index 2 is reserved. For the character itself, write "\\!".'],
])('the message about %s says how %s is written here', (path, _what, message) => {
  expect(() => parsePathTokens(path)).toThrow(message);
});

test('a path has the same tokens as in path-to-regexp', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const path = pieces.join('');
      expect(outcome(() => parsePathTokens(path))).toEqual(outcome(() => parse(path).tokens));
    }),
    { numRuns: 20_000 },
  );
});
