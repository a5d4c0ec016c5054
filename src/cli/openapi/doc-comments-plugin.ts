import type { Plugin } from 'rolldown';
import type { DocComment } from '../../runtime/openapi/doc-comment.js';
import { classesIn, parseModule } from './module-nodes.js';

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
        const found = findComments(code, id);
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

function findComments(code: string, path: string): [name: string, comments: Record<string, DocComment>][] {
  return classesIn(parseModule(code, path)).flatMap(({ name, methods }): [string, Record<string, DocComment>][] => {
    const comments = methods.flatMap((method): [string, DocComment][] => {
      const comment = commentBefore(code, method.start);
      return comment === undefined ? [] : [[method.name, comment]];
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
