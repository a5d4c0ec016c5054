import { closestMatch } from 'leven';
import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type Scalar } from 'yaml';
import { CommandError } from '../../command-error.js';
import type { Template } from './template-part.js';
import { Intrinsic, type TemplateValue } from './yaml-template.js';

/** A template of the user, which is merged into a generated one. */
export interface OwnTemplate {
  /** Its path, for messages. */
  readonly name: string;
  readonly content: OwnObject;
}

/** A value in it. Null removes what is generated. */
type OwnValue = TemplateValue | null | readonly OwnValue[] | { readonly [key: string]: OwnValue };

type OwnObject = { readonly [key: string]: OwnValue };

/**
 * Reads a template of the user. The short forms of CloudFormation's functions, such as `!Ref`, stay what they are.
 *
 * @throws CommandError if it is not YAML, or not an object
 */
export function parseOwn(name: string, text: string): OwnTemplate {
  // What CloudFormation reads: YAML 1.1, but no times, so that `Version: 2012-10-17` is text.
  const document = parseDocument(text, {
    version: '1.1',
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:timestamp'),
    logLevel: 'error',
  });
  const { errors } = document;
  if (errors.length > 0)
    throw new CommandError(errors.map(({ message }) => `${name}: ${message.split('\n')[0]}`).join('\n'));
  const resolve = (node: Node): Node | undefined => (isAlias(node) ? node.resolve(document) : node);
  const content = document.contents === null ? {} : toValue(document.contents as Node, resolve);
  if (!isPlainObject(content)) {
    throw new CommandError(`${name} must be an object with sections such as "Resources".`);
  }
  return { name, content };
}

type Resolve = (node: Node) => Node | undefined;

function toValue(written: Node | null, resolve: Resolve): OwnValue {
  const node = written === null ? undefined : resolve(written);
  if (node === undefined) return null;
  const value = untaggedValue(node, resolve);
  return node.tag?.startsWith('!') === true ? new Intrinsic(node.tag, value as TemplateValue) : value;
}

function untaggedValue(node: Node, resolve: Resolve): OwnValue {
  if (isScalar(node)) return scalarValue(node);
  if (isSeq(node)) return node.items.map((item) => toValue(item as Node | null, resolve));
  const object: Record<string, OwnValue> = {};
  for (const { key, value } of isMap(node) ? node.items : []) {
    const name = isScalar(key) ? (key.source ?? String(key.value)) : String(key);
    const each = toValue(value as Node | null, resolve);
    // A merge key of YAML 1.1.
    if (name === '<<') Object.assign(object, ...[each].flat());
    else object[name] = each;
  }
  return object;
}

/** CloudFormation's own parser does not take a single letter for true or false, as YAML 1.1 has it. */
function scalarValue({ value, source }: Scalar): OwnValue {
  return typeof value === 'boolean' && source?.length === 1 ? source : (value as OwnValue);
}

/**
 * Merges a template of the user into another one: objects are merged, all else is replaced, and null removes.
 *
 * @throws CommandError for a resource without a type that the other one does not have
 */
export function mergeOwn<T extends Template>(template: T, { name, content }: OwnTemplate): T {
  // An empty section, such as one with only comments, removes nothing.
  const sections = Object.fromEntries(Object.entries(content).filter(([, section]) => section !== null));
  const mistakes = Object.entries(sections)
    .filter(([key, section]) => isPlainObject(template[key]) && !isPlainObject(section))
    .map(([key]) => `${JSON.stringify(key)} must be an object.`);
  const known = Object.keys(template.Resources);
  for (const [id, resource] of Object.entries(isPlainObject(sections['Resources']) ? sections['Resources'] : {})) {
    const isNew = !known.includes(id) && resource !== null;
    if (isNew && !(isPlainObject(resource) && 'Type' in resource)) mistakes.push(unknownResource(id, known));
  }
  if (mistakes.length > 0) throw new CommandError(mistakes.map((mistake) => `${name}: ${mistake}`).join('\n'));
  return merge(template, sections) as T;
}

function unknownResource(id: string, known: readonly string[]): string {
  const similar = closestMatch(id, [...known], { maxDistance: Math.ceil(id.length / 3) });
  const hint = similar === undefined ? `The generated ones are ${known.join(', ')}.` : `Did you mean ${similar}?`;
  return `"Resources.${id}" has no Type, and no generated resource has this name. ${hint}`;
}

function merge(generated: OwnValue, own: OwnValue): OwnValue {
  if (!isPlainObject(generated) || !isPlainObject(own)) return own;
  const merged: Record<string, OwnValue> = { ...generated };
  for (const [key, value] of Object.entries(own)) {
    if (value === null) delete merged[key];
    else merged[key] = key in merged ? merge(merged[key], value) : withoutNulls(value);
  }
  return merged;
}

/** A value that is new; null in it removes nothing. */
function withoutNulls(value: OwnValue): OwnValue {
  return isPlainObject(value) ? merge({}, value) : value;
}

function isPlainObject(value: unknown): value is OwnObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Intrinsic);
}
