import type { DecoratorCall } from './decorator-call.js';

/** Adds to an app's outline what the decorators of a class have got. It runs for each class, at every cold start. */
export function outlineCalls(calls: readonly DecoratorCall[], lines: string[]): void {
  let last: unknown;
  for (let i = 0; i < calls.length; i++) {
    const { decorator, args, member, isOutlined } = calls[i]!;
    // A symbol has no text of its own.
    if (member !== last) lines.push(` ${String(member)}`);
    last = member;
    if (!isOutlined) continue;
    // Its number says where the arguments end, and the next name begins.
    lines.push(`${args.length}${decorator}`);
    for (let j = 0; j < args.length; j++) lines.push(String(args[j]));
  }
}
