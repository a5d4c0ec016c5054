import { Document, isMap, isScalar, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';

/** A value in a CloudFormation template. Undefined is left out. */
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

/** `!GetAtt`: an attribute of a resource. */
export const getAtt = (path: string) => new Intrinsic('!GetAtt', path);

/** `!Sub`: text with `${…}` in it. */
export const sub = (text: string) => new Intrinsic('!Sub', text);

/** `!If`: one of two values. */
export const when = (condition: string, yes: TemplateValue, no: TemplateValue) =>
  new Intrinsic('!If', [condition, yes, no]);

/** Comments to write above keys, by the path of the key: `Resources.Api`. */
export type Comments = Readonly<Record<string, string>>;

/** Writes a template as YAML. CloudFormation's tools read it as YAML 1.1, where `on` and `no` need quotes. */
export function toYaml(template: TemplateValue, comments: Comments): string {
  const document = new Document(undefined, { version: '1.1' });
  document.directives!.yaml.explicit = false;
  const root = toNode(template);
  for (const [path, comment] of Object.entries(comments)) commentOn(root, path.split('.'), comment);
  document.contents = root as never;
  const text = document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: false });
  return text.replace(/[\x85\u2028\u2029]/g, (character) => LINE_BREAKS[character]!);
}

/** The line breaks that only YAML 1.1 has, and their escapes (YAML 1.1 §5.6). */
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
    // Only double-quoted text can contain escapes.
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
