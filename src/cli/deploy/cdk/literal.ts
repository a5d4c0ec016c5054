/** A string literal. */
export function textLiteral(value: string): string {
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** The literal of a JSON value. */
export function valueLiteral(value: unknown): string {
  if (typeof value === 'string') return textLiteral(value);
  if (Array.isArray(value)) return listLiteral(value.map(valueLiteral));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return objectLiteral(Object.entries(value).map(([name, inner]) => [name, valueLiteral(inner)]));
}

/** A property, whose value is code. Undefined leaves it out. */
export type Property = readonly [name: string, value: string | number | boolean | undefined];

/** An object with these properties: on one line if it is short. */
export function objectLiteral(properties: readonly Property[]): string {
  const parts = properties.filter(([, value]) => value !== undefined).map(propertyCode);
  return parts.length === 0 ? '{}' : enclosed('{ ', parts, ' }');
}

/** An array of these elements, which are code: on one line if it is short. */
export function listLiteral(elements: readonly string[]): string {
  return enclosed('[', elements, ']');
}

/** Lines of code, each further to the right. */
export function indented(code: string, indent: number): string {
  // A string may contain other separators of lines, which must stay as they are.
  const lines = code.split('\n').map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
  return lines.join('\n');
}

function propertyCode([name, value]: Property): string {
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : textLiteral(name);
  return key === value ? key : `${key}: ${value}`;
}

/** What fits beside the name of a property. */
const LINE_LENGTH = 80;

function enclosed(open: string, parts: readonly string[], close: string): string {
  const line = `${open}${parts.join(', ')}${close}`;
  if (line.length <= LINE_LENGTH && !line.includes('\n')) return line;
  return `${open.trim()}\n${parts.map((part) => `${indented(part, 2)},\n`).join('')}${close.trim()}`;
}
