import { Document, isMap, isScalar, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';

/** What a CloudFormation template is made of. Undefined is left out. */
export type TemplateValue =
  | string
  | number
  | boolean
  | undefined
  | Intrinsic
  | readonly TemplateValue[]
  | { readonly [key: string]: TemplateValue };

/** A call of one of CloudFormation's functions, in its short form: `!Ref Api`. */
export class Intrinsic {
  constructor(
    readonly tag: string,
    readonly argument: TemplateValue,
  ) {}
}

/** `!Ref`: a resource, or a parameter's value. */
export const ref = (name: string) => new Intrinsic('!Ref', name);

/** `!GetAtt`: what a resource tells of itself. */
export const getAtt = (path: string) => new Intrinsic('!GetAtt', path);

/** `!Sub`: text with `${…}` in it. */
export const sub = (text: string) => new Intrinsic('!Sub', text);

/** `!If`: one of two values. */
export const when = (condition: string, yes: TemplateValue, no: TemplateValue) =>
  new Intrinsic('!If', [condition, yes, no]);

/** What is to be said above a key, by the way to it: `Resources.Api`. */
export type Comments = Readonly<Record<string, string>>;

/** Writes a template as YAML, which CloudFormation's tools read as YAML 1.1: there `on` and `no` need quotes. */
export function toYaml(template: TemplateValue, comments: Comments): string {
  const document = new Document(undefined, { version: '1.1' });
  document.directives!.yaml.explicit = false;
  const root = toNode(template);
  for (const [path, comment] of Object.entries(comments)) commentOn(root, path.split('.'), comment);
  document.contents = root as never;
  const text = document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: false });
  return text.replace(/[\x85\u2028\u2029]/g, (character) => LINE_BREAKS[character]!);
}

/** What ends a line in YAML 1.1 alone, and how it is escaped there (YAML 1.1 §5.6). */
const LINE_BREAKS: Readonly<Record<string, string>> = { '\x85': '\\N', '\u2028': '\\L', '\u2029': '\\P' };

function toNode(value: TemplateValue): Node {
  if (value instanceof Intrinsic) {
    const node = toNode(value.argument);
    node.tag = value.tag;
    if (node instanceof YAMLSeq) node.flow = true;
    return node;
  }
  if (Array.isArray(value)) {
    const list = new YAMLSeq();
    list.items = (value as readonly TemplateValue[]).map(toNode);
    list.flow = value.every((item) => typeof item === 'string' && item.length < 40);
    return list;
  }
  if (typeof value !== 'object') {
    const scalar = new Scalar(value);
    // Only between double quotes are there escapes.
    if (typeof value === 'string' && /[\x00-\x1f\x7f-\x9f\u2028\u2029]/.test(value)) scalar.type = Scalar.QUOTE_DOUBLE;
    return scalar;
  }
  const map = new YAMLMap();
  for (const [key, each] of Object.entries(value as { readonly [key: string]: TemplateValue })) {
    if (each !== undefined) map.items.push(new Pair(new Scalar(key), toNode(each)));
  }
  return map;
}

function commentOn(node: unknown, [key, ...rest]: readonly string[], comment: string): void {
  if (!isMap(node)) return;
  const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
  if (pair === undefined) return;
  if (rest.length > 0) commentOn(pair.value, rest, comment);
  else (pair.key as Scalar).commentBefore = comment.replace(/^/gm, ' ');
}
