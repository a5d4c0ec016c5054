import type { BindingIssue } from './http-error.js';
import type { HttpRequest } from './http-request.js';

/** The document that is sent for an error (RFC 9457), its members in this order. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: readonly BindingIssue[];
  requestId?: string;
}

/** Replaces a problem document: returns a document with a `status` of its own, or a whole reply. */
export type ProblemShape = (problem: Problem, error: unknown, request: HttpRequest) => object;

/** Where a mistake is, in one word: `query.page`, `body.tags[2]`. */
export function placeOf(issue: BindingIssue): string {
  if (issue.path === '') return issue.in;
  return issue.path.startsWith('[') ? issue.in + issue.path : `${issue.in}.${issue.path}`;
}
