import { parseAst } from 'rolldown/parseAst';
import { type Program, type SyntaxNode, visitSyntax } from '../syntax/syntax-node.js';

/** What a literal in quotes cannot hold as it is, or holds as something else. */
const LINE_END = /[\r\n\u2028\u2029]/;

/**
 * Puts quotes around texts that the minifier has written as templates: V8 makes much more of a template, which may have parts,
 * and a route has several texts. The length stays, and with it the source map.
 *
 * @param program its syntax tree. Default: by parsing it
 */
export function makeStringsPlain(code: string, program: Program = parseAst(code)): string {
  const units = code.split('');
  const tagged = new Set<unknown>();
  visitSyntax(program as unknown as SyntaxNode, (node) => {
    // A text that is a statement could become a directive; a function may get a template as its parts.
    if (node.type === 'TaggedTemplateExpression') tagged.add(node.quasi);
    else if (node.type === 'ExpressionStatement') tagged.add(node.expression);
    if (node.type !== 'TemplateLiteral' || tagged.has(node) || node.expressions!.length > 0) return;
    const raw = code.slice(node.start + 1, node.end - 1);
    const quote = ['"', "'"].find((each) => !raw.includes(each));
    if (quote === undefined || LINE_END.test(raw)) return;
    units[node.start] = quote;
    units[node.end - 1] = quote;
  });
  return units.join('');
}
