import * as classValidator from 'class-validator';

/** The arguments of decorators that take more than options of validation, as code. */
export const ARGUMENTS: Readonly<Record<string, string>> = {
  ArrayContains: '[TARGET]',
  ArrayMaxSize: '1',
  ArrayMinSize: '1',
  ArrayNotContains: '[TARGET]',
  Contains: "'a'",
  Equals: 'TARGET',
  IsAlpha: "'de-DE'",
  IsAlphanumeric: "'en-US'",
  IsBase64: '{ urlSafe: true }',
  IsByteLength: '1, 2',
  IsCurrency: "{ symbol: '€' }",
  IsDateString: '{ strict: true }',
  IsDecimal: '{ force_decimal: true }',
  IsDivisibleBy: '2',
  IsEmail: '{ allow_display_name: true }',
  IsEnum: 'Colour',
  IsFQDN: '{ require_tld: false }',
  IsHash: "'md5'",
  IsIBAN: '{}',
  IsIP: '4',
  IsISBN: "'10'",
  IsISO8601: '{ strict: true }',
  IsISSN: '{ case_sensitive: true }',
  IsIdentityCard: "'any'",
  IsIn: "['a', TARGET]",
  IsInstance: 'Plain',
  IsMACAddress: '{ no_separators: true }',
  IsMobilePhone: "'de-CH', { strictMode: true }",
  IsNotEmptyObject: '{ nullable: true }',
  IsNotIn: "['a', TARGET]",
  IsNumber: '{ allowNaN: true }',
  IsNumberString: '{ no_symbols: true }',
  IsPassportNumber: "'US'",
  IsPhoneNumber: "'CH'",
  IsPostalCode: "'any'",
  IsRgbColor: 'true',
  IsStrongPassword: '{ minLength: 2 }',
  IsTaxId: "'de-DE'",
  IsUUID: "'4'",
  IsUrl: '{ require_tld: false }',
  Length: '1, 2',
  Matches: "'^a', 'i'",
  Max: '1',
  MaxDate: 'later',
  MaxLength: '1',
  Min: '1',
  MinDate: 'new Date(0)',
  MinLength: '1',
  NotContains: "'a'",
  NotEquals: 'TARGET',
  Validate: 'Shouted, [1, TARGET]',
  ValidateBy: "{ name: 'own', constraints: [TARGET], validator: { validate: (value: unknown) => value === 1 } }",
  ValidateIf: '(object: { a: unknown }) => object.a === 1',
};

/** The names of class-validator's decorators of properties. */
export const decoratorNames = Object.keys(classValidator).filter(
  (name) =>
    /^[A-Z].*[a-z]/.test(name) &&
    !/^(?:ValidatorConstraint|MetadataStorage|ValidationError|ValidationTypes|Validator)$/.test(name),
);

/** A DTO with each decorator twice, without and with all options of validation. */
export function everyDecorator(): string {
  const properties = decoratorNames.map((name) => {
    const given = ARGUMENTS[name] ?? '';
    const withOptions = [...(given === '' ? [] : [given]), 'OPTIONS'].join(', ');
    return `  @v.${name}(${given}) @v.${name}(${withOptions}) of${name}!: unknown;`;
  });
  return `class Every {\n${properties.join('\n')}\n}`;
}

/**
 * A Lambda function with decorated classes. Its handler has what is to be the same object after a replay, and a function
 * that decorates a class when it is called.
 */
export function decoratedFunction(more: string): string {
  return `
import { Controller, defineApp, Get } from 'twodoors';
import { createHandler } from 'twodoors/lambda';
import * as v from 'class-validator';
import { buildMessage, IsInt, IsString, MinLength, registerDecorator, type ValidationArguments, type ValidationOptions, ValidatorConstraint } from 'class-validator';
${more}

const TARGET = { of: 'comparisons' };
const CONTEXT = { code: 7 };
const GROUPS = ['one', 'two'];
const message = (call: ValidationArguments) => \`\${call.property} is wrong\`;
const validateIf = (_object: object, value: unknown) => value !== 1;
const later = () => new Date(1e15);
const OPTIONS: ValidationOptions = { each: true, always: true, groups: GROUPS, context: CONTEXT, message, validateIf };
enum Colour { Red = 'red', Blue = 3 }

@ValidatorConstraint()
class Shouted { validate(text: unknown) { return text === String(text).toUpperCase(); } }
@ValidatorConstraint({ name: 'patient', async: true })
class Patient { async validate() { return true; } defaultMessage() { return '$property is late'; } }
/** Without a decorator of its own. */
class Plain { validate() { return false; } }

const own = (name: string, more: object, options?: ValidationOptions) => (target: object, propertyName: string) =>
  registerDecorator({
    name, target: target.constructor, propertyName, constraints: [name, TARGET], ...(options && { options }),
    validator: { validate: (value: unknown) => value === 'a', defaultMessage: buildMessage((each) => each + '$property is odd', options) },
    ...more,
  });
const together = (...decorators: PropertyDecorator[]) => (target: object, name: string) => {
  for (const decorate of decorators) decorate(target, name);
};

${everyDecorator()}

class Custom {
  @own('plain', {}) @own('each', {}, OPTIONS) a!: string;
  @own('class', { validator: Patient }) @own('isDefined', { async: true }) b!: string;
  @v.Validate(Plain) @v.Validate(Patient, { each: true }) @v.Validate(Patient, ['x'], OPTIONS) c!: string;
  @together(IsString(), MinLength(2), IsInt({ message: 'no $property' })) d!: string;
  @IsString() get e() { return ''; }
  @IsString() f() { return ''; }
  @IsString() static g = 1;
}
class Below extends Custom { @IsString({ message: 'below' }) declare a: string; @IsInt() h!: number; }

const short = MinLength(2, { message: 'twice' });
class Twice { @short a!: string; @short b!: string; }

// What is changed after a decorator has run is not seen by it.
const changed: ValidationOptions = { message: 'first' };
class Changed { @IsString(changed) a!: string; @v.ValidateNested(changed) b!: object; @own('changed', {}, changed) c!: string; }
Object.assign(changed, { message: 'second', each: true });
class Changing { @IsString(changed) a!: string; }
delete changed.message;
const frozen: ValidationOptions = Object.freeze({ message: 'frozen' });
class Frozen { @IsString(frozen) a!: string; }

/** Puts another class in the place of a decorated one, with the same prototype. */
function replaced<T extends new () => object>(type: T): T {
  const other = class Other extends type {};
  type.prototype.constructor = other;
  return other;
}
@replaced
class Replaced { @IsString() a!: string; }

const waiting = MinLength(9);
/** Runs after the storage has been read. */
function decorateLater() {
  class Later { @waiting a!: string; @IsString({ each: true }) b!: string[]; @own('later', {}) c!: string; }
  return Later;
}

const known = { TARGET, CONTEXT, GROUPS, message, validateIf, later, Colour, Shouted, Patient, Plain };
const classes = [Every, Custom, Below, Twice, Changed, Changing, Frozen, Replaced];
@Controller()
class Home { @Get('/') names() { return classes.map(({ name }) => name); } }
export const handler = Object.assign(createHandler(defineApp({ controllers: [Home] })), { known, decorateLater });
`;
}
