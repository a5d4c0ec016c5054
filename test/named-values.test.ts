import fc from 'fast-check';
import { parseNamedValues } from '../src/runtime/http/named-values.js';

/** What the platform makes of a query; a `?` in front is no separator of ours. */
function byPlatform(text: string): [string, string[]][] {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(`&${text}`)) values.set(name, [...(values.get(name) ?? []), value]);
  return [...values];
}

const piece = fc.constantFrom(
  'a',
  'b=',
  '=',
  '&',
  '&&',
  '?',
  '#',
  ';',
  '%',
  '%41',
  '%zz',
  '+',
  ' ',
  '\0',
  '\n',
  'é',
  '\ud800',
  '__proto__',
  'a=1',
);
const text = fc.oneof(
  fc.array(piece).map((pieces) => pieces.join('')),
  fc.string(),
  fc.string({ unit: 'binary' }),
);

test('a query is read as URLSearchParams reads it', () => {
  fc.assert(
    fc.property(text, (query) => expect([...parseNamedValues(query)]).toEqual(byPlatform(query))),
    { numRuns: 2000 },
  );
});

test('names without values take no longer than names with values', () => {
  const time = (pair: string) => {
    const query = pair.repeat(300_000);
    const start = performance.now();
    expect(parseNamedValues(query).get('a')).toHaveLength(300_000);
    return performance.now() - start;
  };
  time('a=&');
  expect(time('a&')).toBeLessThan(20 * time('a=&'));
});
