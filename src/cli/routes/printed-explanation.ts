import { textTable } from '../text-table.js';
import type { ListedRoute } from './listed-route.js';
import type { OtherRoute, RequestExplanation } from './request-explanation.js';

/** Prints which route answers a request, and why the others do not. */
export function printExplanation({ method, path, outcome, route, params = {}, others }: RequestExplanation): string {
  const values = Object.entries(params).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const isAnswered = route !== undefined && outcome === 'answered';
  const first = `${method} ${path}: ${isAnswered ? `${route.controller}.${route.handler}` : outcome}`;
  const own = route === undefined ? [] : [indented([[...columnsOf(route), values.join(', ')]])];
  return [
    [first, ...own].join('\n'),
    ...section(
      'These match as well, but come later:',
      others.filter(({ isMatching }) => isMatching),
    ),
    ...section(
      'These do not match:',
      others.filter(({ isMatching }) => !isMatching),
    ),
  ].join('\n\n');
}

function section(title: string, others: readonly OtherRoute[]): string[] {
  if (others.length === 0) return [];
  return [`${title}\n${indented(others.map(({ route, reason }) => [...columnsOf(route), reason]))}`];
}

function columnsOf({ method, path, controller, handler }: ListedRoute): string[] {
  return [method, path, `${controller}.${handler}`];
}

function indented(rows: readonly (readonly string[])[]): string {
  return textTable(rows).replace(/^/gm, '  ');
}
