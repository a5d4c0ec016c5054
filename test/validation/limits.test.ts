import {
  IsInt,
  IsString,
  registerDecorator,
  Validate,
  ValidateNested,
  type ValidationArguments,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { Body, Controller, compileValidator, defineApp, Post, StartupError, Type, type ValueIssue } from 'twodoors';
import { inject } from 'twodoors/testing';

/** Counts how often it is called, and how many calls are pending at once. */
@ValidatorConstraint({ name: 'free', async: true })
class FreeName implements ValidatorConstraintInterface {
  static calls = 0;
  static pending = 0;
  static most = 0;
  static reset() {
    FreeName.calls = FreeName.pending = FreeName.most = 0;
  }
  async validate(name: string) {
    FreeName.calls++;
    FreeName.most = Math.max(FreeName.most, ++FreeName.pending);
    await Promise.resolve();
    FreeName.pending--;
    return name !== 'taken';
  }
}

class Row {
  @IsInt() n!: number;
}

class Table {
  @ValidateNested({ each: true }) @Type(() => Row) rows!: Row[];
}

class Named {
  @Validate(FreeName) name!: string;
}

class Group {
  @ValidateNested({ each: true }) @Type(() => Named) members!: Named[];
  @IsString() title!: string;
}

class Names {
  @Validate(FreeName, { each: true }) names!: string[];
}

const rowsOf = (length: number, row: object) => ({ rows: Array.from({ length }, () => row) });
const membersOf = (length: number, name: (i: number) => string) =>
  Array.from({ length }, (_none, i) => ({ name: name(i) }));

async function issuesOf(outcome: unknown): Promise<readonly ValueIssue[]> {
  return ((await outcome) as { issues?: readonly ValueIssue[] }).issues ?? [];
}

beforeEach(FreeName.reset);

test('at most 100 issues are collected, the first of the input', async () => {
  const issues = await issuesOf(compileValidator(Table)(rowsOf(350, { n: 'x' })));
  expect(issues.map(({ path }) => path)).toEqual(Array.from({ length: 100 }, (_none, i) => `rows[${i}].n`));
});

test('maxErrors sets the limit', async () => {
  expect(await issuesOf(compileValidator(Table, { maxErrors: 3 })(rowsOf(350, { n: 'x' })))).toHaveLength(3);
  expect(await issuesOf(compileValidator(Table, { maxErrors: Infinity })(rowsOf(350, {})))).toHaveLength(350);
  expect(() => compileValidator(Table, { maxErrors: 0 })).toThrow(StartupError);
});

test('unknown names count, in code-unit order', async () => {
  const names = Array.from({ length: 500 }, (_none, i) => `x${i}`);
  const input = Object.fromEntries(names.toReversed().map((name) => [name, 1]));
  const issues = await issuesOf(compileValidator(Row)(input));
  expect(issues.map(({ path }) => path)).toEqual(names.toSorted().slice(0, 100));
});

test('a large invalid list asks the constraints for no more than the limit', async () => {
  let calls = 0;
  class Counted {
    n!: number;
  }
  registerDecorator({
    name: 'counted',
    target: Counted,
    propertyName: 'n',
    options: {},
    validator: {
      validate: () => {
        calls++;
        return false;
      },
    },
  });
  Reflect.defineMetadata('design:type', Number, Counted.prototype, 'n');
  class Counts {
    @ValidateNested({ each: true }) @Type(() => Counted) rows!: Counted[];
  }
  expect(await issuesOf(compileValidator(Counts)(rowsOf(100_000, {})))).toHaveLength(100);
  expect(calls).toBe(100);
});

@Controller()
class TableController {
  @Post('/table') post(@Body() table: Table) {
    return table.rows.length;
  }
}

test('an app sets the limit for all of its DTOs', async () => {
  const errorsOf = async (options: { maxErrors?: number }) => {
    const app = defineApp({ controllers: [TableController], ...options });
    const response = await inject(app, '/table', { json: rowsOf(350, { n: 'x' }) });
    return (response.json() as { errors: unknown[] }).errors.length;
  };
  expect(await errorsOf({})).toBe(100);
  expect(await errorsOf({ maxErrors: 7 })).toBe(7);
  await expect(errorsOf({ maxErrors: 0 })).rejects.toThrow(/maxErrors/);
});

describe('asynchronous constraints', () => {
  test('stop at the limit', async () => {
    const members = membersOf(5_000, () => 'taken');
    const issues = await issuesOf(compileValidator(Group)({ members }));
    expect(issues.map(({ path }) => path)).toEqual(Array.from({ length: 100 }, (_none, i) => `members[${i}].name`));
    expect(FreeName.calls).toBe(100);
  });

  test('go on while they pass, no more at once than the limit', async () => {
    const members = membersOf(450, (i) => (i % 100 === 7 ? 'taken' : 'free'));
    const issues = await issuesOf(compileValidator(Group)({ members, title: 5 }));
    expect(issues.map(({ path }) => path)).toEqual([
      ...[7, 107, 207, 307, 407].map((i) => `members[${i}].name`),
      'title',
    ]);
    expect(FreeName.calls).toBe(450);
    expect(FreeName.most).toBeLessThanOrEqual(100);
  });

  test('of the items of a list stop at the first that fails', async () => {
    const names = Array.from({ length: 5_000 }, (_none, i) => (i === 150 ? 'taken' : 'free'));
    expect(await issuesOf(compileValidator(Names)({ names }))).toHaveLength(1);
    expect(FreeName.calls).toBe(200);
    expect(await compileValidator(Names)({ names: names.filter((name) => name === 'free') })).toHaveProperty('value');
  });
});

describe('a constraint that fails without a message is a failure', () => {
  const silent = (defaultMessage?: (args?: ValidationArguments) => string, isAsync = false) => {
    class Silent {
      value!: string;
    }
    Reflect.defineMetadata('design:type', String, Silent.prototype, 'value');
    registerDecorator({
      name: 'silent',
      target: Silent,
      propertyName: 'value',
      options: {},
      validator: {
        validate: () => (isAsync ? Promise.resolve(false) : false),
        ...(defaultMessage ? { defaultMessage } : {}),
      },
    });
    Validate(FreeName)(Silent.prototype, 'value');
    return Silent;
  };

  test.each<[string, (() => string) | undefined]>([
    ['that has no default message', undefined],
    ['whose message is empty', () => ''],
    ['whose message is undefined', () => undefined as unknown as string],
    [
      'whose message throws',
      () => {
        throw new TypeError('cannot read');
      },
    ],
  ])('%s', async (_name, message) => {
    for (const isAsync of [false, true]) {
      const type = silent(message, isAsync);
      expect(await compileValidator(type)({ value: 'free' })).toEqual({
        issues: [{ path: 'value', message: 'value is invalid', constraints: { silent: 'value is invalid' } }],
      });
      expect(await compileValidator(type, { mode: 'class-validator' })({ value: 'free' })).toEqual({
        issues: [{ path: 'value', message: 'is invalid', constraints: { silent: '' } }],
      });
    }
  });
});

test.each([
  [2, [1, 3]],
  [3, [1, 3]],
])(
  'an unknown name is refused once, though checks had to wait for others: maxErrors %i',
  async (maxErrors, unknown) => {
    const members = Array.from({ length: 4 }, (_none, i) => ({ name: 'free', ...(unknown.includes(i) && { bad: 1 }) }));
    const validate = compileValidator(Group, { maxErrors });
    const issues = await issuesOf(validate({ members, title: 'x' }));
    expect(issues.map(({ path }) => path)).toEqual(['members[1].bad', 'members[3].bad']);
  },
);
