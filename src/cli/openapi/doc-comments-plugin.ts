import type { Plugin } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';
import type { DocComment } from '../../runtime/openapi/doc-comment.js';

/** A node of the syntax tree, as far as it is read. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly declaration?: Node | null;
  readonly id?: { readonly name?: string } | null;
  readonly body?: { readonly body?: readonly Member[] };
}

interface Member {
  readonly type: string;
  readonly start: number;
  readonly key?: { readonly name?: string };
  readonly decorators?: readonly { readonly start: number }[];
}

/**
 * Keeps the doc comments of controllers' methods, which the compiler drops: OpenAPI documents have them as summaries. They are
 * values of a global map, by class.
 */
export function docCommentsPlugin(): Plugin {
  return {
    name: 'twodoors:doc-comments',
    transform: {
      filter: {
        id: { include: /\.[cm]?tsx?$/, exclude: /[\\/]node_modules[\\/]/ },
        code: /@Controller\b[\s\S]*\/\*\*/,
      },
      handler(code, id) {
        const found = findComments(code, /x$/.test(id) ? 'tsx' : 'ts');
        if (found.length === 0) return null;
        const statements = found.map(
          ([name, comments]) =>
            `(globalThis[Symbol.for('twodoors.comments')] ??= new WeakMap()).set(${name}, ${JSON.stringify(comments)});`,
        );
        return { code: `${code}\n${statements.join('\n')}\n`, map: null };
      },
    },
  };
}

function findComments(code: string, lang: 'ts' | 'tsx'): [name: string, comments: Record<string, DocComment>][] {
  let body: readonly Node[];
  try {
    body = parseAst(code, { lang }).body as unknown as readonly Node[];
  } catch {
    // The compiler will say what is wrong.
    return [];
  }
  return body.flatMap((statement): [string, Record<string, DocComment>][] => {
    const type = statement.declaration ?? statement;
    const name = type.id?.name;
    if (type.type !== 'ClassDeclaration' || name === undefined) return [];
    const comments = (type.body?.body ?? []).flatMap((member): [string, DocComment][] => {
      const method = member.type === 'MethodDefinition' ? member.key?.name : undefined;
      const start = Math.min(member.start, ...(member.decorators ?? []).map((decorator) => decorator.start));
      const comment = method === undefined ? undefined : commentBefore(code, start);
      return method === undefined || comment === undefined ? [] : [[method, comment]];
    });
    return comments.length === 0 ? [] : [[name, Object.fromEntries(comments)]];
  });
}

function commentBefore(code: string, start: number): DocComment | undefined {
  const text = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(code.slice(0, start))?.[1];
  if (text === undefined) return undefined;
  const lines = text.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
  // The tags of a comment are for editors.
  const [words = ''] = lines.join('\n').split(/^@\w/m);
  const [, summary, description] = /^\s*([\s\S]+?)(?:\.(?:\s+([\s\S]*))?|\n\n([\s\S]*))?$/.exec(words.trim()) ?? [];
  if (summary === undefined) return undefined;
  const rest = description?.trim();
  return { summary: summary.replace(/\s+/g, ' ').trim(), ...(rest ? { description: rest } : {}) };
}
