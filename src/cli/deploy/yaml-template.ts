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
  return document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: false });
}

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
  if (typeof value !== 'object') return new Scalar(value);
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
