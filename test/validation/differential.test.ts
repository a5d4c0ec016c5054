import * as cv from 'class-validator';
import fc from 'fast-check';
import { compileValidator, Type, type Validator, type ValueIssue } from 'twodoors';
import { Mistakes } from '../../src/runtime/declarations/mistakes.js';
import { linkValidator, validate } from '../../src/runtime/link/validation/link-validator.js';
import type { DtoPlan } from '../../src/runtime/plan/dto/dto-plan.js';
import { DtoPlans } from '../../src/runtime/plan/dto/dto-plans.js';
import { planDto } from '../../src/runtime/plan/dto/plan-dto.js';

/** A decorator of class-validator, and whether it looks at each of a list. */
interface Rule {
  readonly name: string;
  readonly each: boolean;
  readonly group: 'none' | 'a' | 'b';
  readonly always: boolean;
  readonly message: 'default' | 'text' | 'function';
  readonly hasContext: boolean;
}

type Options = cv.ValidationOptions;

const isAsyncFree = {
  name: 'isFree',
  async: true,
  validate: async (value: unknown) => {
    await Promise.resolve();
    return value !== 'taken';
  },
  defaultMessage: () => '$property $value is taken by $target',
};

/** A constraint without a message. */
const isSilent = { name: 'isSilent', validate: (value: unknown) => value !== 'x' };

/** Decorators by name, each with arguments of its own. */
const RULES: Record<string, (options: Options) => PropertyDecorator> = {
  IsString: (o) => cv.IsString(o),
  IsInt: (o) => cv.IsInt(o),
  IsNumber: (o) => cv.IsNumber({}, o),
  IsBoolean: (o) => cv.IsBoolean(o),
  IsArray: (o) => cv.IsArray(o),
  IsDefined: (o) => cv.IsDefined(o),
  IsNotEmpty: (o) => cv.IsNotEmpty(o),
  IsEmail: (o) => cv.IsEmail({}, o),
  IsIn: (o) => cv.IsIn(['a', 'b', 3], o),
  Min: (o) => cv.Min(2, o),
  Max: (o) => cv.Max(5, o),
  Length: (o) => cv.Length(2, 4, o),
  Matches: (o) => cv.Matches(/^[a-c]+$/, o),
  ArrayMinSize: (o) => cv.ArrayMinSize(2, o),
  Equals: (o) => cv.Equals('x', o),
  Contains: (o) => cv.Contains('a', o),
  IsDateString: (o) => cv.IsDateString({}, o),
  IsUUID: (o) => cv.IsUUID('4', o),
  Allow: (o) => cv.Allow(o),
  IsOptional: (o) => cv.IsOptional(o),
  ValidateIf: (o) => cv.ValidateIf((_object, given) => given !== 'skip', o),
  Async: (o) => (object, propertyName) =>
    cv.registerDecorator({
      name: 'isFree',
      async: true,
      target: object.constructor,
      propertyName: propertyName as string,
      options: o,
      constraints: ['one', ['two', 'three']],
      validator: isAsyncFree,
    }),
  Silent: (o) => cv.ValidateBy({ name: 'isSilent', validator: isSilent }, o),
};

function optionsOf(rule: Rule): Options {
  return {
    ...(rule.each ? { each: true } : {}),
    ...(rule.group === 'none' ? {} : { groups: [rule.group] }),
    ...(rule.always ? { always: true } : {}),
    ...(rule.hasContext ? { context: { code: rule.name } } : {}),
    ...(rule.message === 'text' ? { message: `$property of $target is $value, not $constraint1 $constraint2` } : {}),
    ...(rule.message === 'function'
      ? { message: (args: cv.ValidationArguments) => `${args.property}: ${typeof args.value}` }
      : {}),
  };
}

/** `untold` is a list whose type the compiler does not tell. */
type Nested = 'none' | 'one' | 'list' | 'untold';

interface ClassSpec {
  readonly properties: readonly { readonly rules: readonly Rule[]; readonly nested: Nested }[];
  readonly base: readonly (readonly Rule[])[];
}

type AnyClass = new () => Record<string, unknown>;

class Child {
  @cv.IsString() name!: string;
  @cv.IsOptional() @cv.Min(1) @cv.IsInt() qty?: number;
}

/** Builds a class with a base class, as decorators would. */
function buildClass(spec: ClassSpec): AnyClass {
  class Base {}
  class Generated extends Base {}
  spec.base.forEach((rules, i) => {
    for (const rule of rules) RULES[rule.name]!(optionsOf(rule))(Base.prototype, `p${i}`);
  });
  spec.properties.forEach(({ rules, nested }, i) => {
    const name = `p${i}`;
    for (const rule of rules) RULES[rule.name]!(optionsOf(rule))(Generated.prototype, name);
    if (nested === 'none') return;
    cv.ValidateNested(nested === 'one' ? {} : { each: true })(Generated.prototype, name);
    const designType = { one: Child, list: Array, untold: Object }[nested];
    Reflect.defineMetadata('design:type', designType, Generated.prototype, name);
    Type(() => Child)(Generated.prototype, name);
  });
  return Generated as unknown as AnyClass;
}

const rule: fc.Arbitrary<Rule> = fc.record({
  name: fc.constantFrom(...Object.keys(RULES)),
  each: fc.boolean(),
  group: fc.constantFrom('none', 'none', 'a', 'b'),
  always: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  message: fc.constantFrom('default', 'default', 'text', 'function'),
  hasContext: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
});

const spec: fc.Arbitrary<ClassSpec> = fc.record({
  properties: fc.array(
    fc.record({
      rules: fc.array(rule, { maxLength: 3 }),
      nested: fc.constantFrom<Nested>('none', 'none', 'none', 'one', 'list', 'untold'),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  base: fc.array(fc.array(rule, { maxLength: 2 }), { maxLength: 2 }),
});

const scalar = fc.oneof(
  fc.constantFrom(
    'a',
    'abc',
    '',
    'x',
    'taken',
    'skip',
    '$& $1',
    'a@b.ch',
    '2024-01-01',
    0,
    1,
    3,
    7,
    -1,
    1.5,
    true,
    false,
    null,
  ),
  fc.string({ maxLength: 5 }),
  fc.integer(),
);
const child = fc.oneof(
  fc.record({ name: scalar, qty: scalar }, { requiredKeys: [] }),
  fc.record({ name: scalar, extra: scalar }, { requiredKeys: [] }),
  scalar,
);
const list = fc.array(child, { maxLength: 3 });
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  child,
  list,
  fc.array(fc.oneof(list, child, fc.array(list, { maxLength: 2 })), { maxLength: 3 }),
);
const input = fc.dictionary(fc.constantFrom('p0', 'p1', 'p2', 'p3', 'other', 'more'), value, { maxKeys: 6 });

/** A tree of class-validator's errors as a flat list, each with its way. */
function flatten(errors: readonly cv.ValidationError[], path = ''): ValueIssue[] {
  return errors.flatMap((error) => {
    const isIndex = /^\d+$/.test(error.property);
    const own = isIndex ? `${path}[${error.property}]` : path === '' ? error.property : `${path}.${error.property}`;
    const issues = flatten(error.children ?? [], own);
    if (error.constraints === undefined) return issues;
    // Of a constraint without a message class-validator gives undefined.
    const constraints = Object.fromEntries(Object.entries(error.constraints).map(([name, text]) => [name, text ?? '']));
    const message = Object.values(constraints).filter(Boolean).join(', ') || 'is invalid';
    const issue: ValueIssue = { path: own, message, constraints };
    if (error.contexts !== undefined) issue.contexts = error.contexts;
    return [issue, ...issues];
  });
}

/** An instance for class-validator: as ours would be made, with all that came on it. */
function instanceOf(type: AnyClass, plain: Record<string, unknown>, spec: ClassSpec): Record<string, unknown> {
  const instance = new type();
  const toChild = (item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.assign(new Child(), item) : item;
  const toItem = (item: unknown): unknown => (Array.isArray(item) ? item.map(toItem) : toChild(item));
  for (const [name, given] of Object.entries(plain)) {
    const nested = spec.properties[Number(name.slice(1))]?.nested ?? 'none';
    const isItem = nested === 'untold' || (nested === 'list' && Array.isArray(given));
    instance[name] = nested === 'one' ? toChild(given) : isItem ? toItem(given) : given;
  }
  return instance;
}

/** A validator whose plan another class with the same decorators has left behind as text, as another process would. */
function linkToOther(type: AnyClass, spec: ClassSpec, options: cv.ValidatorOptions): Validator<object> {
  const dtos = new DtoPlans();
  planDto(buildClass(spec), { ...options, isText: false, checksTypes: false }, dtos, new Mistakes());
  const plans = JSON.parse(JSON.stringify(dtos.list)) as DtoPlan[];
  const linked = linkValidator(plans, 0, type as never, { mode: 'class-validator' });
  return (input) => validate(linked, input);
}

/** The issues with their constraints as lists, so that their order counts. */
const ordered = (issues: readonly ValueIssue[]) =>
  issues.map(({ path, message, constraints, contexts }) => [
    path,
    message,
    Object.entries(constraints ?? {}),
    contexts,
  ]);

test('the mode class-validator gives the same issues as class-validator, in its order and words', async () => {
  await fc.assert(
    fc.asyncProperty(
      spec,
      input,
      fc.constantFrom<string[] | undefined>(undefined, ['a'], ['b'], ['a', 'b']),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      async (classSpec, plain, groups, strictGroups, always, isPlannedElsewhere) => {
        const type = buildClass(classSpec);
        const options = { ...(groups === undefined ? {} : { groups }), strictGroups, always };
        const known = cv.getMetadataStorage().getTargetValidationMetadatas(type, '', always, strictGroups, groups);
        // Where no validator is left class-validator refuses every object, which here is a mistake at startup or passes.
        fc.pre(known.length > 0);
        const childRules = cv
          .getMetadataStorage()
          .getTargetValidationMetadatas(Child, '', always, strictGroups, groups);
        fc.pre(childRules.length > 0 || classSpec.properties.every(({ nested }) => nested === 'none'));
        const validate: Validator<object> = isPlannedElsewhere
          ? linkToOther(type, classSpec, options)
          : compileValidator(type as never, { ...options, mode: 'class-validator' });
        const ours = await validate(plain);
        const theirs = await cv.validate(instanceOf(type, plain, classSpec) as object, {
          ...options,
          whitelist: true,
          forbidNonWhitelisted: true,
        });
        // An object where a list is declared: class-validator does not know its class, ours says that it is no list.
        fc.pre(!JSON.stringify(flatten(theirs)).includes('unknownValue'));
        expect(ordered('issues' in ours ? ours.issues : [])).toEqual(ordered(flatten(theirs)));
      },
    ),
    { numRuns: 1_500 },
  );
});
