import type { HttpRequest } from '../http-request.js';
import type { BindingIssue } from './http-error.js';
import { MAX_ERRORS } from './max-errors.js';

/** The document that is sent for an error (RFC 9457), its members in this order. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: readonly BindingIssue[];
  requestId?: string;
}

/** Replaces a problem document: returns a document with a `status` of its own, or a whole reply, or a promise of either. */
export type ProblemShape = (problem: Problem, error: unknown, request: HttpRequest) => object | Promise<object>;

/** The most characters of a place or a message that comes from a request. */
const MAX_TEXT = 200;

/** The mistakes as they are sent: however large the request is, these are small. */
export function limitIssues(issues: readonly BindingIssue[], maxErrors = MAX_ERRORS): BindingIssue[] {
  return issues.slice(0, maxErrors).map((issue) => {
    const { constraints } = issue;
    const limited: BindingIssue = { ...issue, path: cut(issue.path), message: cut(issue.message) };
    if (constraints !== undefined) {
      limited.constraints = Object.fromEntries(Object.entries(constraints).map(([name, text]) => [name, cut(text)]));
    }
    return limited;
  });
}

/** One sentence about mistakes: the first three, and how many more there are. */
export function detailOf(issues: readonly BindingIssue[]): string {
  const first = issues.slice(0, 3).map((issue) => `${placeOf(issue)}: ${issue.message}`);
  const more = issues.length - first.length;
  return first.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

function cut(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  // Not in the middle of a surrogate pair.
  return `${text.slice(0, MAX_TEXT - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Where a mistake is, in one word: `query.page`, `body.tags[2]`. */
export function placeOf(issue: BindingIssue): string {
  if (issue.path === '') return issue.in;
  return issue.path.startsWith('[') ? issue.in + issue.path : `${issue.in}.${issue.path}`;
}
