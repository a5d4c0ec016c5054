import type { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { JsonSchema, OpenApiDocument } from 'twodoors/openapi';

/** Values for each format, of which the first ones have it. */
const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T12:30:00Z',
  date: '2026-01-31',
  email: 'ada@example.com',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  uri: 'https://example.com/a',
  'uri-reference': '/a',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  binary: 'bytes',
};

/** What may be put in the place of any value. */
export const STRANGE: readonly unknown[] = [null, true, -1, 0, 1.5, 1e6, 'zz', [], ['zz'], {}, { zz: 1 }];

/** Makes values that a schema allows, mostly: those that it does not allow are left out by the validator. */
export class SchemaArbitrary {
  readonly #document: OpenApiDocument;
  readonly #ajv: Ajv2020;

  constructor(document: OpenApiDocument, ajv: Ajv2020) {
    this.#document = document;
    this.#ajv = ajv;
  }

  resolve(schema: JsonSchema): JsonSchema {
    const { $ref, ...rest } = schema;
    if (typeof $ref !== 'string') return schema;
    return { ...this.#document.components!.schemas![$ref.split('/').at(-1)!]!, ...rest };
  }

  /** The names of all schemas that something refers to. */
  namesIn(part: object, names = new Set<string>()): string[] {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (names.has(name!)) continue;
      names.add(name!);
      this.namesIn(this.#document.components!.schemas![name!]!, names);
    }
    return [...names];
  }

  /** The properties of an object, those of all its parts. */
  propertiesOf(schema: JsonSchema): Record<string, JsonSchema> {
    const full = this.resolve(schema);
    const parts = ((full['allOf'] as JsonSchema[] | undefined) ?? []).map((part) => this.propertiesOf(part));
    return Object.assign({}, ...parts, full['properties']) as Record<string, JsonSchema>;
  }

  /** The names of the properties that an object must have. */
  requiredOf(schema: JsonSchema): string[] {
    const full = this.resolve(schema);
    const parts = ((full['allOf'] as JsonSchema[] | undefined) ?? []).flatMap((part) => this.requiredOf(part));
    return [...parts, ...((full['required'] as string[] | undefined) ?? [])];
  }

  /** A schema as the validator knows it. */
  check(schema: JsonSchema): (value: unknown) => boolean {
    const text = JSON.stringify(schema).replaceAll('#/components/schemas/', 'document#/components/schemas/');
    return this.#ajv.compile(JSON.parse(text) as object) as (value: unknown) => boolean;
  }

  allowed(schema: JsonSchema): fc.Arbitrary<unknown> {
    return this.#values(schema, 0).filter(this.check(schema));
  }

  /** Values that a schema allows, and the same with something strange somewhere in them. */
  mixed(schema: JsonSchema): fc.Arbitrary<unknown> {
    const strange = fc.constantFrom(...STRANGE);
    return fc
      .tuple(this.allowed(schema), fc.array(fc.tuple(fc.nat(), strange, fc.boolean()), { minLength: 1, maxLength: 2 }))
      .map(([value, changes]) =>
        changes.reduce((changed, [at, other, removes]) => changeAt(changed, at, other, removes), value),
      );
  }

  #values(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
    const full = this.resolve(schema);
    if (full['const'] !== undefined) return fc.constant(full['const']);
    if (Array.isArray(full['enum'])) return fc.constantFrom(...(full['enum'] as unknown[]));
    const any = (full['oneOf'] ?? full['anyOf']) as JsonSchema[] | undefined;
    const { type } = full;
    if (any !== undefined) {
      const base = typeof type === 'string' ? { type } : {};
      return fc.oneof(...any.map((each) => this.#values({ ...base, ...each }, depth)));
    }
    if (Array.isArray(full['allOf']) && type === undefined) {
      const parts = (full['allOf'] as JsonSchema[]).map((each) => this.#values(each, depth));
      return fc.tuple(...parts).map((values) => Object.assign({}, ...(values as object[])) as unknown);
    }
    if (Array.isArray(type))
      return fc.oneof(...type.map((each) => this.#typed({ ...full, type: each as string }, depth)));
    return this.#typed(full, depth);
  }

  #typed(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
    const numberOf = (name: string, byDefault: number) => (schema[name] as number | undefined) ?? byDefault;
    switch (schema['type']) {
      case 'string':
        return textArbitrary(schema);
      case 'integer':
      case 'number': {
        const least = numberOf(
          'minimum',
          numberOf('exclusiveMinimum', -5) + (schema['exclusiveMinimum'] === undefined ? 0 : 1),
        );
        const most = Math.max(least, Math.min(numberOf('maximum', least + 10), least + 50));
        return fc.integer({ min: Math.ceil(least), max: Math.floor(most) });
      }
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array': {
        const minLength = numberOf('minItems', 0);
        const maxLength = depth > 2 ? minLength : Math.min(numberOf('maxItems', minLength + 3), minLength + 3);
        return fc.array(this.#values((schema['items'] as JsonSchema | undefined) ?? {}, depth + 1), {
          minLength,
          maxLength,
        });
      }
      case 'object':
        return this.#objects(schema, depth);
      default: {
        const any = fc.constantFrom<unknown>('any', 7, true, { a: 1 });
        return schema['properties'] === undefined ? any : fc.oneof(any, this.#objects(schema, depth));
      }
    }
  }

  #objects(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
    const properties = Object.entries((schema['properties'] as Record<string, JsonSchema> | undefined) ?? {});
    const required = (schema['required'] as string[] | undefined) ?? [];
    const kept = properties.filter(([name]) => depth < 3 || required.includes(name));
    const model = Object.fromEntries(kept.map(([name, each]) => [name, this.#values(each, depth + 1)]));
    const fixed = fc.record(model, { requiredKeys: required.filter((name) => name in model), noNullPrototype: true });
    const values = schema['additionalProperties'];
    if (typeof values !== 'object' || values === null) return fixed;
    return fc.dictionary(fc.constantFrom('a', 'b'), this.#values(values as JsonSchema, depth + 1), {
      noNullPrototype: true,
    });
  }
}

function textArbitrary(schema: JsonSchema): fc.Arbitrary<string> {
  const { format, pattern } = schema;
  if (typeof format === 'string') return fc.constant(FORMATS[format] ?? 'text');
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern, 'u'), { maxLength: 12 });
  const minLength = (schema['minLength'] as number | undefined) ?? 0;
  const maxLength = Math.min((schema['maxLength'] as number | undefined) ?? minLength + 8, minLength + 20);
  return fc.string({ minLength, maxLength, unit: fc.constantFrom(...'abcXYZ019 -_äß') });
}

/** Puts something else in the place of one of all nested values, or removes it. */
function changeAt(value: unknown, at: number, other: unknown, removes: boolean): unknown {
  const paths: (string | number)[][] = [];
  const visit = (each: unknown, path: (string | number)[]) => {
    paths.push(path);
    if (Array.isArray(each)) {
      for (const [i, item] of each.entries()) visit(item, [...path, i]);
    } else if (typeof each === 'object' && each !== null) {
      for (const [name, member] of Object.entries(each)) visit(member, [...path, name]);
      paths.push([...path, 'unknownName']);
    }
  };
  visit(value, []);
  const path = paths[at % paths.length]!;
  if (path.length === 0) return removes ? value : other;
  const copy = structuredClone(value);
  let parent = copy as Record<string | number, unknown>;
  for (const name of path.slice(0, -1)) parent = parent[name] as typeof parent;
  const last = path.at(-1)!;
  // Whether the items of a list are lists themselves, the compiler does not say.
  const isListInList = Array.isArray(parent) && Array.isArray(other);
  if (removes && !Array.isArray(parent)) delete parent[last];
  else if (!isListInList) parent[last] = other;
  return copy;
}
