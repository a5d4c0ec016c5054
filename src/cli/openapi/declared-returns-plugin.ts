import type { Plugin } from 'rolldown';
import { ClassExports } from './class-exports.js';
import { bindingsOf, classesIn, type MethodNode, parseModule, type TypeNode } from './module-nodes.js';

/** The types that stand for a value each, which the document describes. */
const KEYWORDS: Readonly<Record<string, string>> = {
  TSStringKeyword: 'String',
  TSNumberKeyword: 'Number',
  TSBooleanKeyword: 'Boolean',
  TSVoidKeyword: 'undefined',
  TSUndefinedKeyword: 'undefined',
  TSAnyKeyword: 'Object',
  TSUnknownKeyword: 'Object',
  TSObjectKeyword: 'Object',
};

/** The global types by their names, where a module has no others of these names. */
const GLOBALS: Readonly<Record<string, string>> = { Date: 'Date' };

/**
 * Keeps what controllers' methods declare to return, where the compiler emits only `Promise` or `Array`: OpenAPI documents
 * describe the class in them. Only names are taken that are classes for certain: of the module itself, or exported as such by
 * the TypeScript module that they are imported from. They are values of a global map, by class.
 */
export function declaredReturnsPlugin(): Plugin {
  return {
    name: 'twodoors:declared-returns',
    transform: {
      filter: {
        id: { include: /\.[cm]?tsx?$/, exclude: /[\\/]node_modules[\\/]/ },
        code: /@(?:All|Controller|Delete|Get|Patch|Post|Put)\b[\s\S]*(?:Promise<|Array<|\[\])/,
      },
      async handler(code, id) {
        const body = parseModule(code, id);
        const { classes, imports } = bindingsOf(body);
        const exported = new ClassExports(async (source, importer) => (await this.resolve(source, importer))?.id);
        const isClass = async (name: string) => {
          if (classes.has(name)) return true;
          const from = imports.get(name);
          return from !== undefined && (await exported.has(from.source, id, from.imported));
        };
        const isGlobal = (name: string) => !classes.has(name) && !imports.has(name);
        const statements: string[] = [];
        for (const { name, methods, typeParameters } of classesIn(body)) {
          const members: string[] = [];
          for (const method of methods) {
            const own = [...typeParameters, ...method.typeParameters];
            const made = await returnedBy(method, {
              isClass: async (type) => !own.includes(type) && (await isClass(type)),
              isGlobal: (type) => !own.includes(type) && isGlobal(type),
            });
            if (made !== undefined) members.push(`${JSON.stringify(method.name)}: ${made}`);
          }
          if (members.length === 0) continue;
          const map = `(globalThis[Symbol.for('twodoors.returns')] ??= new WeakMap())`;
          // A class may be declared further down.
          statements.push(`${map}.set(${name}, () => ({ ${members.join(', ')} }));`);
        }
        return statements.length === 0 ? null : { code: `${code}\n${statements.join('\n')}\n`, map: null };
      },
    },
  };
}

/** What the names in a type are. */
interface Names {
  readonly isClass: (name: string) => Promise<boolean>;
  readonly isGlobal: (name: string) => boolean;
}

/** The value for what a method returns; undefined where the compiler emits it itself, or no value stands for it. */
async function returnedBy({ returns }: MethodNode, names: Names): Promise<string | undefined> {
  if (returns === undefined) return undefined;
  const promised = itemOf(returns, ['Promise'], names);
  const type = promised ?? returns;
  return promised === undefined && listItemOf(type, names) === undefined ? undefined : valueFor(type, names);
}

async function valueFor(type: TypeNode, names: Names): Promise<string | undefined> {
  const item = listItemOf(type, names);
  if (item !== undefined) {
    const value = await valueFor(item, names);
    return value === undefined || value === 'undefined' ? undefined : `[${value}]`;
  }
  const keyword = KEYWORDS[type.type];
  if (keyword !== undefined) return keyword;
  const name = type.typeName?.name;
  if (name === undefined || type.typeArguments) return undefined;
  if (names.isGlobal(name) && Object.hasOwn(GLOBALS, name)) return GLOBALS[name];
  return (await names.isClass(name)) ? name : undefined;
}

/** The type of a list's items: `Todo[]`, `readonly Todo[]`, `Array<Todo>`. Undefined for any other type. */
function listItemOf(type: TypeNode, names: Names): TypeNode | undefined {
  if (type.type === 'TSTypeOperator' && type.operator === 'readonly' && type.typeAnnotation)
    return listItemOf(type.typeAnnotation, names);
  if (type.type === 'TSArrayType') return type.elementType;
  return itemOf(type, ['Array', 'ReadonlyArray'], names);
}

/** The one argument of a global generic type. */
function itemOf(type: TypeNode, generics: readonly string[], { isGlobal }: Names): TypeNode | undefined {
  const name = type.typeName?.name;
  if (name === undefined || !generics.includes(name) || !isGlobal(name)) return undefined;
  return type.typeArguments?.params.length === 1 ? type.typeArguments.params[0] : undefined;
}
