import type { Plugin } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';
import { type SyntaxNode, visitSyntax } from './syntax-node.js';

/**
 * Leaves out what the compiler says of each method besides the types of its parameters: that it is a function, and what it
 * returns. Where only twodoors reads types, nobody reads these at run time, and an app with many routes has them for each.
 */
export function methodTypesPlugin(): Plugin {
  return {
    name: 'twodoors:method-types',
    // The length stays, and with it the source map; the bundler leaves out the spaces.
    renderChunk: {
      filter: { code: 'design:returntype' },
      handler: (code) => ({ code: dropMethodTypes(code), map: null }),
    },
  };
}

/** Blanks `__metadata("design:type", Function)` and `__metadata("design:returntype", …)` in the decorators of methods. */
export function dropMethodTypes(code: string): string {
  const kept: string[] = [];
  let from = 0;
  const blank = (start: number, end: number) => {
    kept.push(code.slice(from, start), code.slice(start, end).replace(/[^\n]/g, ' '));
    from = end;
  };
  visitSyntax(parseAst(code) as unknown as SyntaxNode, ({ type, elements }) => {
    if (type !== 'ArrayExpression' || elements === undefined) return;
    const at = elements.findIndex((each) => typeNameOf(each) === 'design:type');
    const [self, params, returned] = at === -1 ? [] : elements.slice(at, at + 3);
    // Accessors and properties have no type of what they return; those of properties are read.
    if (typeNameOf(params) !== 'design:paramtypes' || typeNameOf(returned) !== 'design:returntype') return;
    blank(self!.start, params!.start);
    blank(params!.end, returned!.end);
  });
  return kept.join('') + code.slice(from);
}

/** The name of the type that a decorator of the compiler's records; undefined for any other expression. */
function typeNameOf(node: SyntaxNode | null | undefined): unknown {
  return node?.type === 'CallExpression' && node.arguments?.length === 2 ? node.arguments[0]!.value : undefined;
}
