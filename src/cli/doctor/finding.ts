import type { Project } from '../project/project.js';

/** What a check found. */
export interface Finding {
  /** `error` makes the command fail; `warning` does not; `ok` is what is right. */
  readonly level: 'ok' | 'warning' | 'error';
  /** What is so, or what is wrong and where. */
  readonly message: string;
  /** What to do, as an imperative. */
  readonly fix?: string;
}

/** A check of a project's set-up. */
export type Check = (project: Project) => readonly Finding[] | Promise<readonly Finding[]>;

/** What is right. */
export function ok(message: string): Finding {
  return { level: 'ok', message };
}

/** What may go wrong. */
export function warning(message: string, fix: string): Finding {
  return { level: 'warning', message, fix };
}

/** What goes wrong. */
export function error(message: string, fix: string): Finding {
  return { level: 'error', message, fix };
}
