/** What a build does with the decorators of a class. */
export type Decorators =
  /** They are called when it is first needed. */
  | 'put off'
  /** They are called at once, and nobody compares what they record. */
  | 'marked'
  /** They are called at once, and what they record is compared with the plan. */
  | 'compared';

/** An app, and what a build does with its classes. */
export interface ConstantRow {
  readonly name: string;
  /** By class; those that are missing have no decorators. */
  readonly classes: Readonly<Record<string, Decorators>>;
  /** Modules by their path; `app.ts` exports the `controllers`. */
  readonly files: Readonly<Record<string, string>>;
  /** Whether what it uses changes the bundle of all classes beside it. */
  readonly isAlone?: boolean;
  /** Packages that are left out. */
  readonly external?: readonly string[];
}

const IMPORTS = `
import { Body, Controller, createParam, defineRouteMetadata, Get, HttpCode, Param, Post, Query, Render, Req, Secret, Type, Use, UseInterceptor } from 'twodoors';
`;

/** A row with one module. */
const row = (
  name: string,
  classes: ConstantRow['classes'],
  code: string,
  more: Partial<ConstantRow> = {},
): ConstantRow => ({ name, classes, files: { 'app.ts': `${IMPORTS}${code}` }, ...more });

/** A controller with a route, and the app. */
const home = (decorators: string, before = '', rest = '') => `${before}
@Controller('/home')
export class Home {
  ${decorators} show(@Query('n') n: number = 1) { return { n }; }
}
${rest}
export const controllers = [Home];`;

const PUT_OFF = { Home: 'put off' } as const;
const COMPARED = { Home: 'compared' } as const;

/** A DTO, and a controller that takes it. */
const taking = (dto: string) => `${dto}
@Controller()
class Home {
  @Post('/') create(@Body() input: Input) { return input; }
}
export const controllers = [Home];`;

const VALIDATORS = "import { IsInt, IsString, Max, registerDecorator, ValidateNested } from 'class-validator';";

export const constantRows: readonly ConstantRow[] = [
  row('texts and numbers', PUT_OFF, home("@Get('/a') @HttpCode(201)")),
  row('lists and objects of such', PUT_OFF, home("@Get(['/a', '/b']) @Post('c')")),
  row('a constant for a text', PUT_OFF, home('@Get(PATH)', "const PATH = '/a';")),
  row('a text made of constants', PUT_OFF, home(`@Get(\`\${PATH}/b\`) @Post(PATH + 1)`, "const PATH = '/a';")),
  row(
    'a middleware, whatever it is',
    PUT_OFF,
    home('@Get() @Use(first)', 'const first = [async (_: any, next: any) => next()][0]!;'),
  ),
  row('a function as an argument', PUT_OFF, home('@Get() @UseInterceptor((value) => value)')),
  row(
    'decorators that the app makes of a reader',
    PUT_OFF,
    `
const Agent = createParam((request, name: string) => request.headers[name]);
const Roles = defineRouteMetadata<string[]>();
@Controller()
class Home {
  @Get() @Roles(['a']) show(@Agent('user-agent') agent: unknown) { return { agent }; }
}
export const controllers = [Home];`,
  ),
  row(
    'a class and its base class',
    { Home: 'put off', Base: 'put off' },
    `
class Base { @Get('/base') base() { return 'base'; } }
@Controller()
class Home extends Base {}
export const controllers = [Home];`,
  ),
  row(
    'a class of its own as a type',
    { Home: 'put off', Input: 'put off' },
    taking(`${VALIDATORS}
class Input { @IsInt() @Max(5) n!: number; @Secret() @IsString() word!: string; }`),
  ),
  row(
    'nested classes',
    { Home: 'put off', Input: 'put off', Item: 'put off' },
    taking(`${VALIDATORS}
class Item { @IsInt() n!: number; }
class Input { @ValidateNested() @Type(() => Item) items!: Item[]; }`),
  ),
  row(
    'beside a class whose decorators get something else',
    { Home: 'put off', Other: 'compared' },
    `
@Controller(process.env['PREFIX'] ?? '/other') class Other { @Get() show() { return 'other'; } }
@Controller() class Home { @Get() show() { return 'home'; } }
export const controllers = [Home, Other];`,
  ),
  row('the environment', COMPARED, home("@Get(process.env['PATH_OF_HOME'] ?? '/a')")),
  row(
    'a constant that the environment gives',
    COMPARED,
    home('@Get(PATH)', "const PATH = process.env['PATH_OF_HOME'] ?? '/a';"),
  ),
  row(
    'a variable that changes',
    COMPARED,
    home('@Get(path)', "let path = '/a'; if (process.env['LONG']) path = '/long';"),
  ),
  row(
    'a list that may change',
    COMPARED,
    home('@Get(PATHS)', "const PATHS = ['/a']; if (process.env['LONG']) PATHS.push('/long');"),
  ),
  row('a property of an object', COMPARED, home('@Get(paths.home)', "const paths = { home: '/a' };")),
  row('the result of a function', COMPARED, home('@Get(path())', "const path = () => '/a';")),
  row(
    'a variable that a function changes',
    COMPARED,
    home(
      '@Get(path)',
      "let path = '/a'; const lengthen = () => { path = '/long'; }; if (process.env['LONG']) lengthen();",
    ),
  ),
  row(
    'a constant, whatever the variables of functions are called',
    PUT_OFF,
    home(
      '@Get(path)',
      "const path = '/a'; const other = () => { let path = '/b'; path = '/c'; return path; }; other();",
    ),
  ),
  row(
    'a class that the app replaces',
    COMPARED,
    `
@Controller('/home')
class Home { @Get() show() { return 1; } }
// @ts-ignore
Home = class extends Home {};
export const controllers = [Home];`,
  ),
  row(
    'a class whose methods the app touches',
    COMPARED,
    home('@Get()', '', 'Home.prototype.show = (n = 2) => ({ n });'),
  ),
  row('a spread list', COMPARED, home('@Get([...PATHS])', "const PATHS = ['/a'];")),
  row('a decorator of the app', COMPARED, home('@Get() @own', 'const own: MethodDecorator = () => {};')),
  row(
    'a decorator that others are made of',
    COMPARED,
    home('@both', "const both: MethodDecorator = (...args) => Get('/a')(...args);"),
  ),
  row(
    "a decorator of the class that is the app's",
    COMPARED,
    home('@Get()', '').replace('@Controller', '@((type: Function) => { Object.freeze(type); })\n@Controller'),
  ),
  row(
    'a type that comes later in the code, and lists of it',
    { Home: 'put off', Input: 'put off', Item: 'put off' },
    taking(`${VALIDATORS}
class Input { @ValidateNested() @Type(() => Item) one!: unknown; @ValidateNested() @Type(() => [Item]) many!: Item[]; }
class Item { @IsInt() n!: number; }`),
  ),
  row(
    'a class that the compiler does not know yet where it names it',
    { Home: 'put off', Input: 'compared', Item: 'put off' },
    taking(`${VALIDATORS}
class Input { @ValidateNested() @Type(() => Item) one!: Item; }
class Item { @IsInt() n!: number; }`),
  ),
  row(
    'a type that the environment chooses',
    { Home: 'put off', Input: 'compared' },
    taking(`${VALIDATORS}
class Input { @IsInt() @Type(() => (process.env['TEXT'] ? String : Number)) n!: unknown; }`),
  ),
  row(
    'an option with a getter',
    COMPARED,
    home(
      "@Get() list(@Query('a', [String], { get separator() { return process.env['SEPARATOR'] ?? ','; } }) a: string[]) { return a; } @Get('/b')",
    ),
  ),
  row(
    'one property with another argument',
    { Home: 'put off', Input: 'compared' },
    taking(`${VALIDATORS}
class Input { @IsInt() @Max(Number(process.env['MAX'] ?? 5)) n!: number; }`),
  ),
  row(
    'a validator that the app registers',
    { Home: 'put off', Input: 'compared' },
    taking(`${VALIDATORS}
const Even = () => (target: object, propertyName: string) =>
  registerDecorator({ name: 'even', target: target.constructor, propertyName, validator: { validate: (value: any) => value % 2 === 0 } });
class Input { @IsInt() @Even() n!: number; }`),
  ),
  row(
    'a class in a function',
    COMPARED,
    `
function make(path: string) {
  @Controller(path) class Home { @Get() show() { return path; } }
  return Home;
}
export const controllers = [make('/a')];`,
  ),
  {
    name: 'two classes of one name',
    classes: { Home: 'compared' },
    files: {
      'app.ts': `import { Home as One } from './one.js'; import { Home as Two } from './two.js';
export const controllers = [One, Two];`,
      'one.ts':
        "import { Controller, Get } from 'twodoors'; @Controller('/one', { name: 'One' }) export class Home { @Get() show() {} }",
      'two.ts':
        "import { Controller, Get } from 'twodoors'; @Controller('/two', { name: 'Two' }) export class Home { @Get() show() {} }",
    },
  },
  {
    name: 'decorators by another name, from a module of the app',
    classes: { Home: 'put off' },
    files: {
      'app.ts': `import { Door as Controller, Get as Read } from './decorators.js'; 
@Controller() class Home { @Read('/') show() { return 1; } }
export const controllers = [Home];`,
      'decorators.ts': "export { Controller as Door, Get } from 'twodoors';",
    },
  },
  row(
    'where the app reads what the compiler says',
    { Home: 'marked' },
    home('@Get()', "import 'reflect-metadata';", "Reflect.getMetadata('design:paramtypes', Home);"),
    { isAlone: true },
  ),
  row(
    'where a package is left out',
    { Home: 'marked' },
    home('@Get()', "import { parse } from 'valibot';", 'export const other = parse;'),
    { isAlone: true, external: ['valibot'] },
  ),
  row(
    'where the app uses more of class-validator',
    { Home: 'put off', Input: 'compared' },
    taking(`${VALIDATORS}
import { validateSync } from 'class-validator';
console.log(validateSync.name);
class Input { @IsInt() n!: number; }`),
    { isAlone: true },
  ),
];
