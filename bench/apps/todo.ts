/** What is created. */
export interface Todo {
  title: string;
  priority: number;
  done: boolean;
  owner: string;
  tags: string[];
}

/** The body of the reply to a valid todo. */
export function created(todo: Todo): Todo & { id: number } {
  const { title, priority, done, owner, tags } = todo;
  return { id: 1, title, priority, done, owner, tags };
}

/** Validates a parsed body by hand, for candidates without a validation of their own. */
export function isTodo(value: unknown): value is Todo {
  if (typeof value !== 'object' || value === null) return false;
  const { title, priority, done, owner, tags } = value as Record<string, unknown>;
  return (
    typeof title === 'string' &&
    title.length >= 1 &&
    title.length <= 100 &&
    Number.isInteger(priority) &&
    (priority as number) >= 1 &&
    (priority as number) <= 5 &&
    typeof done === 'boolean' &&
    typeof owner === 'string' &&
    owner.length <= 50 &&
    Array.isArray(tags) &&
    tags.length <= 10 &&
    tags.every((tag) => typeof tag === 'string')
  );
}
