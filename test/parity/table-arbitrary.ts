import fc from 'fast-check';
import { type BindSpec, bindNames, bodyPart } from './binds.js';
import { decorationNames } from './decorations.js';
import { type MiddlewareName, middlewareNames } from './middleware-kinds.js';
import { outcomeNames } from './outcomes.js';
import type { ControllerSpec, RouteSpec, SegmentSpec, TableSpec } from './table-spec.js';

/** Few, so that routes overlap. */
export const LITERALS = ['a', 'b', 'ab', 'About', 'new', '7', 'x.json', 'v1', 'caf%C3%A9', 'é', '%61', 'a~b'];

/** A `:` for each parameter. */
export const MIXED = [':.json', 'v:', ':.:', ':-:', 'a:', ':b', '@:', ':.min.json', 'V:.:', 'x:-:y', ':%20:'];

const segment: fc.Arbitrary<SegmentSpec> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('literal' as const), text: fc.constantFrom(...LITERALS) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('mixed' as const), text: fc.constantFrom(...MIXED) }) },
  { weight: 4, arbitrary: fc.constant<SegmentSpec>({ kind: 'param' }) },
  { weight: 1, arbitrary: fc.constant<SegmentSpec>({ kind: 'rest' }) },
);

const prefixSegment = segment.filter(({ kind }) => kind !== 'rest');

const rarely = <T>(value: T, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(value) }, { weight: 1, arbitrary });

const middleware = rarely<MiddlewareName>('none', fc.constantFrom(...middlewareNames));

const bind: fc.Arbitrary<BindSpec> = fc.record({
  bind: fc.constantFrom(...bindNames),
  index: fc.nat(3),
  optional: rarely(true, fc.constant(false)),
});

/** Only such binds as an app may have together: one whole body or parts of one, and none for GET. */
function possible(method: string, binds: readonly BindSpec[]): BindSpec[] {
  let body: 'none' | 'whole' | 'field' = 'none';
  return binds.filter((spec) => {
    const part = bodyPart(spec.bind);
    if (part === 'none') return true;
    if (method === 'GET' || method === 'HEAD' || body === 'whole' || (body === 'field' && part === 'whole'))
      return false;
    body = part;
    return true;
  });
}

const METHODS = ['GET', 'GET', 'GET', 'POST', 'POST', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ALL'];

/** Outcomes that show what was bound, more often than all others together. */
const outcome = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('object' as const, 'text' as const, 'reply' as const, 'generator' as const) },
  { weight: 2, arbitrary: fc.constantFrom(...outcomeNames) },
);

/** Each decorator once, but for `@Header`; none that another one replaces, which is a startup mistake. */
const decorations = fc
  .uniqueArray(fc.constantFrom(...decorationNames), {
    maxLength: 3,
    selector: (name) => (name.startsWith('Header') ? name : name.split(' ')[0]),
  })
  .map((names) =>
    names.filter(
      (name) =>
        !(name.startsWith('HttpCode') && names.some((other) => other.startsWith('Redirect'))) &&
        !(name.startsWith('ContentType') && names.includes('Header content-type')),
    ),
  );

const route: fc.Arbitrary<RouteSpec> = fc
  .record({
    method: fc.constantFrom(...METHODS),
    segments: fc.array(segment, { maxLength: 3 }),
    optionalFrom: fc.oneof(fc.constant(9), fc.nat(2)),
    hasSlash: rarely(false, fc.constant(true)),
    binds: fc.array(bind, { maxLength: 3 }),
    outcome,
    isAsync: fc.boolean(),
    decorators: rarely([], decorations),
    use: middleware,
  })
  .map((spec) => ({
    ...spec,
    binds: possible(spec.method, spec.binds),
    hasSlash: spec.hasSlash && spec.optionalFrom >= spec.segments.length,
  }));

const controller: fc.Arbitrary<ControllerSpec> = fc.record({
  prefix: rarely<SegmentSpec[]>([], fc.array(prefixSegment, { minLength: 1, maxLength: 2 })),
  hasSlash: rarely(false, fc.constant(true)),
  routes: fc.array(route, { minLength: 1, maxLength: 6 }),
  use: middleware,
});

/** Apps: a few controllers whose routes overlap. */
export const table: fc.Arbitrary<TableSpec> = fc.record({
  controllers: fc.array(controller, { minLength: 1, maxLength: 4 }),
  strict: rarely(false, fc.constant(true)),
  caseSensitive: rarely(false, fc.constant(true)),
  use: middleware,
  readsRaw: rarely(false, fc.constant(true)),
});
