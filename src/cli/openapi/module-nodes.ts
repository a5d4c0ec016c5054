import { parseAst } from 'rolldown/parseAst';

/** A type in the syntax tree, as far as it is read. */
export interface TypeNode {
  readonly type: string;
  readonly operator?: string;
  readonly typeName?: { readonly name?: string };
  readonly typeArguments?: { readonly params: readonly TypeNode[] } | null;
  readonly elementType?: TypeNode;
  readonly typeAnnotation?: TypeNode | null;
}

/** A statement of a module, as far as it is read. */
export interface Statement {
  readonly type: string;
  readonly start: number;
  readonly declaration?: Statement | null;
  readonly declare?: boolean;
  readonly id?: { readonly name?: string } | null;
  readonly body?: { readonly body?: readonly Member[] };
  readonly typeParameters?: TypeParameters | null;
  readonly source?: { readonly value: string } | null;
  readonly importKind?: 'type' | 'value';
  readonly exportKind?: 'type' | 'value';
  readonly exported?: { readonly name?: string } | null;
  readonly specifiers?: readonly Specifier[];
}

interface TypeParameters {
  readonly params: readonly { readonly name: { readonly name: string } }[];
}

interface Specifier {
  readonly type: string;
  readonly local: { readonly name?: string };
  readonly imported?: { readonly name?: string };
  readonly exported?: { readonly name?: string };
  readonly importKind?: 'type' | 'value';
  readonly exportKind?: 'type' | 'value';
}

interface Member {
  readonly type: string;
  readonly start: number;
  readonly static?: boolean;
  readonly computed?: boolean;
  readonly key?: { readonly name?: string };
  readonly decorators?: readonly { readonly start: number }[];
  readonly value?: {
    readonly returnType?: { readonly typeAnnotation: TypeNode } | null;
    readonly typeParameters?: TypeParameters | null;
  } | null;
}

/** A method with a name, which decorators stand at. */
export interface MethodNode {
  readonly name: string;
  /** Where it begins, with its decorators. */
  readonly start: number;
  readonly returns: TypeNode | undefined;
  readonly typeParameters: readonly string[];
}

/** A class with a name, at the top of a module. */
export interface ClassNode {
  readonly name: string;
  readonly methods: readonly MethodNode[];
  readonly typeParameters: readonly string[];
}

/** The statements of a module in TypeScript; none where it cannot be parsed: the compiler will say what is wrong. */
export function parseModule(code: string, path: string): readonly Statement[] {
  try {
    return parseAst(code, { lang: /x$/.test(path) ? 'tsx' : 'ts' }).body as unknown as readonly Statement[];
  } catch {
    return [];
  }
}

/** The classes at the top of a module. */
export function classesIn(body: readonly Statement[]): ClassNode[] {
  return body.flatMap((statement): ClassNode[] => {
    const type = statement.declaration ?? statement;
    const name = type.id?.name;
    if (type.type !== 'ClassDeclaration' || type.declare === true || name === undefined) return [];
    return [{ name, methods: (type.body?.body ?? []).flatMap(methodOf), typeParameters: namesOf(type.typeParameters) }];
  });
}

function methodOf(member: Member): MethodNode[] {
  const name = member.key?.name;
  if (member.type !== 'MethodDefinition' || member.static === true || member.computed === true || name === undefined)
    return [];
  return [
    {
      name,
      start: Math.min(member.start, ...(member.decorators ?? []).map((decorator) => decorator.start)),
      returns: member.value?.returnType?.typeAnnotation,
      typeParameters: namesOf(member.value?.typeParameters),
    },
  ];
}

function namesOf(parameters: TypeParameters | null | undefined): string[] {
  return parameters?.params.map(({ name }) => name.name) ?? [];
}

/** Where an imported name comes from. */
export interface ImportedName {
  readonly source: string;
  /** `default` for a default import. */
  readonly imported: string;
}

/** The names of a module's own classes, and of all that it imports as a value. */
export function bindingsOf(body: readonly Statement[]): {
  readonly classes: ReadonlySet<string>;
  readonly imports: ReadonlyMap<string, ImportedName>;
} {
  const imports = new Map<string, ImportedName>();
  for (const { type, importKind, source, specifiers = [] } of body) {
    if (type !== 'ImportDeclaration' || importKind === 'type' || !source) continue;
    for (const specifier of specifiers) {
      const imported = specifier.type === 'ImportDefaultSpecifier' ? 'default' : specifier.imported?.name;
      const local = specifier.local.name;
      if (specifier.importKind === 'type' || imported === undefined || local === undefined) continue;
      imports.set(local, { source: source.value, imported });
    }
  }
  return { classes: new Set(classesIn(body).map(({ name }) => name)), imports };
}
