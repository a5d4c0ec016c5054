import { readExcerpt, type SourceExcerpt } from './source-excerpt.js';

/** One call in a stack. */
export interface StackFrame {
  /** As V8 writes it, from `at` on. */
  readonly text: string;
  /** The source, for code that is the app's own. */
  readonly excerpt: SourceExcerpt | undefined;
}

/** `at name (file:line:column)`, or without a name. */
const FRAME = /^ {4}at (?:.* \()?(.+?):(\d+):(\d+)\)?$/;

/** The most frames whose source is shown. */
const MAX_EXCERPTS = 5;

/** The calls in the stack of an error, the innermost first. */
export function readFrames({ stack, message }: { stack?: unknown; message?: unknown }): StackFrame[] {
  if (typeof stack !== 'string') return [];
  // What comes before the frames has the message, which may look like a frame.
  const at = stack.indexOf(String(message));
  let shown = 0;
  return (stack.slice(at === -1 ? 0 : at + String(message).length).match(/^ {4}at .*$/gm) ?? []).map((text) => {
    const [, file, line, column] = FRAME.exec(text) ?? [];
    const isOwn = file !== undefined && !/^node:|[\\/]node_modules[\\/]/.test(file) && shown < MAX_EXCERPTS;
    const excerpt = isOwn ? readExcerpt(file, Number(line), Number(column)) : undefined;
    if (excerpt !== undefined) shown++;
    return { text: text.trim(), excerpt };
  });
}
