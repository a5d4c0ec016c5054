import { type SyntaxNode, visitSyntax } from '../syntax/syntax-node.js';
import { givesConstant, isConstant, isSettled } from './constant-expression.js';
import { bareName, type TopLevelName } from './top-level-names.js';

/** A class whose decorators get constants alone. */
export interface ConstantClass {
  /** The name of its variable. */
  readonly name: string;
  /** What it is called in the plan: no other such class of the file has the name. */
  readonly id: string;
  /** The calls of its decorators, one after the other. */
  readonly calls: readonly DecoratorStatement[];
  /** Whether some decorators are class-validator's. */
  readonly hasValidators: boolean;
}

/** A statement of the compiler's: `__decorate([…], Todo.prototype, "title", void 0);`. */
export interface DecoratorStatement {
  readonly start: number;
  readonly end: number;
  /** The call, which may be assigned to the class. */
  readonly node: SyntaxNode;
  /** How many parameters the method has before the first with a default, where a decorator stands on one behind. */
  readonly parameters: number | undefined;
}

/** Says where decorators come from. */
export interface DecoratorOrigins {
  /** Whether the module has the compiler's function of this name. */
  isHelper(module: string, name: 'decorate' | 'decorateParam' | 'decorateMetadata'): boolean;
  /** Whether the module has decorators of twodoors, which record calls and do nothing else. */
  isDecorator(module: string): boolean;
  /** Whether the module has class-validator's decorators, or stands for it. */
  isValidator(module: string): boolean;
}

/** What makes decorators. */
const MAKERS: readonly string[] = ['createParam', 'defineRouteMetadata'];

/** Decorators that keep what they get, whatever it is: a plan has no more of it than that it is there. */
const KEEPERS: readonly string[] = ['Use', 'UseInterceptor'];

/** Finds the classes of a file whose decorators get constants alone. */
export function constantClasses(
  body: readonly SyntaxNode[],
  names: ReadonlyMap<string, TopLevelName>,
  origins: DecoratorOrigins,
): ConstantClass[] {
  const reader = new DecoratorReader(names, origins);
  const found: ConstantClass[] = [];
  body.forEach((statement, i) => {
    const [declared, ...others] = statement.type === 'ClassDeclaration' ? [statement] : (statement.declarations ?? []);
    const type = declared?.type === 'ClassDeclaration' ? declared : declared?.init;
    const name = declared?.id?.name;
    if (others.length > 0 || name === undefined || !/^Class/.test(type?.type ?? '')) return;
    let end = i + 1;
    while (reader.decoratesClass(body[end], name)) end++;
    const statements = body.slice(i + 1, end);
    // What is called later must find the class by its name; and others may have seen what there was before a later decorator.
    const { isChanged, changes } = names.get(name)!;
    const isWhole =
      !isChanged &&
      changes.every((at) => statements.some((each) => each.end === at)) &&
      !body.slice(end).some((each) => reader.decoratesClass(each, name));
    const calls = statements.map((each) => reader.read(each, type!));
    if (calls.length === 0 || !isWhole || !calls.every((each) => each !== undefined)) return;
    const hasValidators = statements.some((each) => reader.hasValidators(each));
    found.push({ name, id: type!.id?.name ?? name, calls, hasValidators });
  });
  const changed = changedClasses(body, found);
  return found.filter(({ id, name }) => found.filter((each) => each.id === id).length === 1 && !changed.has(name));
}

/** The classes whose prototype the file uses apart from their decorators: it may decorate or replace methods by hand. */
function changedClasses(body: readonly SyntaxNode[], classes: readonly ConstantClass[]): ReadonlySet<string> {
  const ofDecorators = new Set(classes.flatMap(({ calls }) => calls.map(({ start }) => start)));
  const changed = new Set<string>();
  for (const statement of body) {
    if (ofDecorators.has(statement.start)) continue;
    visitSyntax(statement, ({ type, object, property }) => {
      const isPrototype = type === 'MemberExpression' && (property!.name ?? property!.value) === 'prototype';
      if (isPrototype && object!.name !== undefined) changed.add(object!.name);
    });
  }
  return changed;
}

/** Reads what the compiler makes of decorators. */
class DecoratorReader {
  readonly #names: ReadonlyMap<string, TopLevelName>;
  readonly #origins: DecoratorOrigins;

  constructor(names: ReadonlyMap<string, TopLevelName>, origins: DecoratorOrigins) {
    this.#names = names;
    this.#origins = origins;
  }

  /** Whether a statement calls decorators of a class or of one of its members. */
  decoratesClass(statement: SyntaxNode | undefined, name: string): boolean {
    const call = callIn(statement);
    if (!this.#isHelper(call?.callee, 'decorate')) return false;
    const target = call!.arguments![1];
    return (target?.type === 'MemberExpression' ? target.object : target)?.name === name;
  }

  /** @returns undefined for a statement whose decorators do not get constants alone */
  read(statement: SyntaxNode, type: SyntaxNode): DecoratorStatement | undefined {
    const call = callIn(statement)!;
    const [decorators, target, key] = call.arguments!;
    const isMember = call.arguments!.length > 2;
    if (decorators!.type !== 'ArrayExpression' || (isMember && typeof key!.value !== 'string')) return undefined;
    if (target!.type === 'MemberExpression' && (target!.computed || target!.property!.name !== 'prototype')) {
      return undefined;
    }
    const list = decorators!.elements!;
    if (!list.every((each) => this.#isRecorded(each))) return undefined;
    const indices = list.filter((each) => this.#isHelper(each.callee, 'decorateParam')).map(indexOf);
    const length = indices.length === 0 ? 0 : lengthOf(type, key?.value, target!.type === 'Identifier');
    if (length === undefined) return undefined;
    return {
      start: statement.start,
      end: statement.end,
      node: call,
      parameters: indices.some((index) => index >= length) ? length : undefined,
    };
  }

  /** Whether some decorators of a statement are class-validator's. */
  hasValidators(statement: SyntaxNode): boolean {
    return callIn(statement)!.arguments![0]!.elements!.some(({ callee }) => {
      const module = callee?.type === 'Identifier' ? this.#names.get(callee.name!)?.module : undefined;
      return module !== undefined && this.#origins.isValidator(module);
    });
  }

  /** Whether it is a call of a decorator that does nothing but record constants. */
  #isRecorded({ type, callee, arguments: args = [] }: SyntaxNode): boolean {
    if (type !== 'CallExpression' || callee!.type !== 'Identifier') return false;
    if (this.#isHelper(callee, 'decorateParam')) return this.#isRecorded(args[1]!);
    if (this.#isHelper(callee, 'decorateMetadata')) return args.every((each) => isConstant(each, this.#names));
    const { module, value } = this.#names.get(callee!.name!) ?? {};
    if (module === undefined || !isSettled(callee!, this.#names)) return false;
    if (this.#isMade(value) || (this.#origins.isDecorator(module) && KEEPERS.includes(bareName(callee!.name!)))) {
      return args.every((each) => isSettled(each, this.#names) || isConstant(each, this.#names));
    }
    const isKnown = this.#origins.isDecorator(module) && !MAKERS.includes(bareName(callee!.name!));
    if (!isKnown && !this.#origins.isValidator(module)) return false;
    // A plan is made with what the function gives.
    if (isKnown && bareName(callee!.name!) === 'Type') return givesConstant(args[0], this.#names);
    return args.every((each) => isConstant(each, this.#names));
  }

  /** Whether it is a decorator of the app's, made by twodoors. */
  #isMade(value: SyntaxNode | undefined): boolean {
    const maker = value?.type === 'CallExpression' && value.callee!.type === 'Identifier' ? value.callee!.name! : '';
    const module = this.#names.get(maker)?.module;
    return module !== undefined && this.#origins.isDecorator(module) && MAKERS.includes(bareName(maker));
  }

  #isHelper(callee: SyntaxNode | undefined, name: Parameters<DecoratorOrigins['isHelper']>[1]): boolean {
    const module = callee?.type === 'Identifier' ? this.#names.get(callee.name!)?.module : undefined;
    return module !== undefined && this.#origins.isHelper(module, name);
  }
}

/** The call that a statement is, or that it assigns. */
function callIn(statement: SyntaxNode | undefined): SyntaxNode | undefined {
  if (statement?.type !== 'ExpressionStatement') return undefined;
  const { type, left, right } = statement.expression as SyntaxNode;
  if (type === 'CallExpression') return statement.expression as SyntaxNode;
  const isOfClass = type === 'AssignmentExpression' && left!.name === right!.arguments?.[1]?.name;
  return isOfClass ? right! : undefined;
}

/** The position of a decorated parameter. */
function indexOf({ arguments: args }: SyntaxNode): number {
  return args![0]!.value as number;
}

/** The `length` of a method; undefined where the class does not have it as such. */
function lengthOf({ body }: SyntaxNode, name: unknown, isStatic: boolean): number | undefined {
  const members = (body as SyntaxNode).body as readonly SyntaxNode[];
  const method = members.find((each) => {
    const own = each.key?.name ?? each.key?.value;
    return each.type === 'MethodDefinition' && !each.computed && own === name && Boolean(each.static) === isStatic;
  });
  const params = (method?.value as SyntaxNode | undefined)?.params;
  if (params === undefined) return undefined;
  const last = params.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement');
  return last === -1 ? params.length : last;
}
