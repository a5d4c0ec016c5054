import fc from 'fast-check';
import { All, type AppOptions, Controller, Delete, defineApp, Get, Post } from 'twodoors';
import { parsedMatcher, sayMatch } from './parsed-matcher.js';

/** An app with a GET route for each path; the methods are `get0`, `get1` and so on. */
function appOf(paths: readonly string[], options: Partial<AppOptions> = {}) {
  @Controller()
  class Paths {}
  paths.forEach((path, i) => {
    const descriptor = { value: () => path, configurable: true, writable: true };
    Object.defineProperty(Paths.prototype, `get${i}`, descriptor);
    Get(path)(Paths.prototype, `get${i}`, descriptor);
  });
  return defineApp({ controllers: [Paths], ...options });
}

@Controller()
class Methods {
  @Get('/a') get() {}
  @Post('/a') post() {}
  @All('/all') all() {}
  @Delete('/:id') remove() {}
}

describe('the tree', () => {
  const treeOf = (...paths: string[]) => parsedMatcher(appOf(paths)).tree;

  test('has a number where the captures are the values', () => {
    expect(treeOf('/:a/:b')).toEqual({ param: { param: { ends: { GET: 0 } } } });
  });

  test('has a number where parameters at the end are left out', () => {
    const ends = { GET: 0 };
    expect(treeOf('/a{/:b{/:c}}')).toEqual({ literals: { a: { ends, param: { ends, param: { ends } } } } });
  });

  test('has the positions of the parameters where one before them is left out', () => {
    expect(treeOf('{/:a}/b/:c')).toEqual({
      literals: { b: { param: { ends: { GET: [0, 1] } } } },
      param: { literals: { b: { param: { ends: { GET: 0 } } } } },
    });
  });

  test('has the complement of the position for a rest', () => {
    expect(treeOf('/:a/*b')).toEqual({ param: { rest: { ends: { GET: [0, 0, ~1] } } } });
  });

  test('has expressions as sources, the one with more literal characters first', () => {
    expect(treeOf('/:a.b', '/:a.min.b', '/x-:a').mixed?.map(([source]) => source)).toEqual([
      '^([^]+)\\.[Mm][Ii][Nn]\\.[Bb]$',
      '^([^]+)\\.[Bb]$',
      '^[Xx]-([^]+)$',
    ]);
  });

  test('names the routes of a path by method', () => {
    expect(parsedMatcher(defineApp({ controllers: [Methods] })).tree).toEqual({
      literals: { a: { ends: { GET: 0, POST: 1 } }, all: { ends: { ALL: 2 } } },
      param: { ends: { DELETE: 3 } },
    });
  });
});

describe('a matcher', () => {
  test('asks for the route that it has chosen, and for no other', () => {
    const paths = ['/a/b', '/a/:id', '/:x/:id', '/*rest', '/:id.json/b', '/lone'];
    const { match, asked } = parsedMatcher(appOf(paths, { caseSensitive: true }));
    expect(asked).toEqual([]);
    for (const path of ['/a/b', '/a/7', '/x/7', '/x.json/b', '/x.json/c', '/p/q/r']) {
      const found = match('GET', path);
      expect([path, found.kind, asked.length]).toEqual([path, 'route', 1]);
      asked.length = 0;
    }
    for (const [method, path] of [
      ['POST', '/a/b'],
      ['GET', '/%'],
      ['GET', '/'],
    ] as const)
      match(method, path);
    expect(asked).toEqual([]);
  });

  test('gives undefined for a parameter that is left out before another', () => {
    const { match } = parsedMatcher(appOf(['{/:a}/b/:c{/*d}']));
    const valuesAt = (path: string) => {
      const found = match('GET', path);
      return found.kind === 'route' && found.paramValues;
    };
    expect(valuesAt('/b/1')).toEqual([undefined, '1']);
    expect(valuesAt('/b/1/2/3')).toEqual([undefined, '1', ['2', '3']]);
    expect(valuesAt('/0/b/1/2')).toEqual(['0', '1', ['2']]);
  });

  test('takes no method for @All, nor for what every object has', () => {
    const { match } = parsedMatcher(defineApp({ controllers: [Methods] }));
    for (const method of ['ALL', 'constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect([method, match(method, '/all').kind]).toEqual([method, 'methods']);
    }
  });

  test('does not take the root for a path of two slashes', () => {
    const { match } = parsedMatcher(appOf(['//']));
    expect([match('GET', '//').kind, match('GET', '/').kind]).toEqual(['route', 'unknown']);
  });
});

describe('what a matcher keeps', () => {
  const isKept = ({ match }: ReturnType<typeof parsedMatcher>, method: string, path: string) => {
    const first = match(method, path);
    return first.kind === 'route' && first === match(method, path);
  };

  const rows: [path: string, isKept: boolean, why: string][] = [
    ['/', true, 'the root'],
    ['/about/us', true, 'a literal path'],
    ['/caf%C3%A9', true, 'an encoded literal'],
    ['/café', true, 'the same literal, not encoded'],
    ['/caf%c3%a9', false, 'an escape in lower case'],
    ['/%61bout/us', false, 'an escape of what needs none'],
    ['/About/us', false, 'upper case'],
    ['/about/us/', false, 'a trailing slash'],
    ['/id/7', false, 'the value of a parameter'],
    ['/rest/7', false, 'the value of a rest'],
    ['/x-7', false, 'the value of a parameter beside text'],
  ];
  test.each(rows)('%s: %p, for it is %s', (path, kept) => {
    const matcher = parsedMatcher(appOf(['/', '/about/us', '/caf%C3%A9', '/id/:id', '/rest/*rest', '/x-:id']));
    expect(matcher.match('GET', path).kind).toBe('route');
    expect(isKept(matcher, 'GET', path)).toBe(kept);
  });

  test('is by method', () => {
    const matcher = parsedMatcher(defineApp({ controllers: [Methods] }));
    const said = ['GET', 'HEAD', 'POST', 'DELETE'].map((method) => {
      expect(isKept(matcher, method, '/a')).toBe(method !== 'DELETE');
      return sayMatch(matcher.match(method, '/a'));
    });
    expect(said).toEqual([
      { route: 'Methods.get GET /a', paramValues: [] },
      { route: 'Methods.get GET /a', paramValues: [] },
      { route: 'Methods.post POST /a', paramValues: [] },
      { route: 'Methods.remove DELETE /:id', paramValues: ['a'] },
    ]);
  });

  test('is each literal path in at most two spellings, however it is spelled', () => {
    const literals = ['about', 'é', '@me', 'a b', 'É', 'x.y'];
    const spelled = (text: string) =>
      fc
        .tuple(...[...text].map((letter) => fc.constantFrom(...spellingsOf(letter))))
        .map((letters) => letters.join(''));
    const path = fc
      .tuple(
        fc.array(fc.constantFrom(...literals).chain(spelled), { minLength: 2, maxLength: 2 }),
        fc.constantFrom('', '', '/'),
      )
      .map(([segments, end]) => `/${segments.join('/')}${end}`);
    const all = literals.flatMap((one) => literals.map((other) => `/${one}/${other}`.replaceAll(' ', '%20')));
    for (const caseSensitive of [true, false]) {
      const matcher = parsedMatcher(appOf(all, { caseSensitive }));
      const spellings = new Map<unknown, Set<string>>();
      let found = 0;
      fc.assert(
        fc.property(path, (asked) => {
          const match = matcher.match('GET', asked);
          if (match.kind !== 'route') return;
          found++;
          if (!isKept(matcher, 'GET', asked)) return;
          spellings.set(match.route, (spellings.get(match.route) ?? new Set()).add(asked));
          expect([...spellings.get(match.route)!].length).toBeLessThanOrEqual(2);
        }),
        { numRuns: 3_000 },
      );
      expect(found).toBeGreaterThan(500);
      expect(spellings.size).toBeGreaterThan(5);
    }
  });
});

/** Ways to write a character in a path. */
function spellingsOf(letter: string): string[] {
  const escaped = [...Buffer.from(letter)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const usual = encodeURIComponent(letter);
  return [letter, letter, letter, usual, usual, letter.toUpperCase(), escaped, escaped.toUpperCase()];
}
