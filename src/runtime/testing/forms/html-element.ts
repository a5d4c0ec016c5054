/** A node of a parsed page: what is read of parse5's, whose own types the old module resolution cannot read. */
interface HtmlNode {
  readonly nodeName: string;
  /** Of an element or a document. */
  readonly childNodes?: readonly HtmlNode[];
  /** Of a text or a comment. */
  readonly value?: string;
}

/** An element of a parsed page. */
export interface HtmlElement extends HtmlNode {
  readonly tagName: string;
  readonly attrs: readonly { readonly name: string; readonly value: string }[];
  readonly parentNode: HtmlNode | null;
}

/** Parses a page as browsers do. */
export async function parsePage(html: string): Promise<HtmlNode> {
  const { parse } = await import('parse5');
  return parse(html);
}

/** All elements below a node, in their order. */
export function elementsIn(node: HtmlNode): HtmlElement[] {
  return (node.childNodes ?? []).flatMap((child) => (isElement(child) ? [child, ...elementsIn(child)] : []));
}

/** The value of an attribute; undefined where the element does not have it. */
export function attributeOf({ attrs }: HtmlElement, name: string): string | undefined {
  return attrs.find((attribute) => attribute.name === name)?.value;
}

/** The text of a node in one line, without that of the controls in it. */
export function textOf(node: HtmlNode): string {
  return rawTextOf(node, new Set(['select', 'textarea', 'button', 'script', 'style']))
    .replace(/\s+/g, ' ')
    .trim();
}

/** The text of a node as it is written. */
export function rawTextOf(node: HtmlNode, without: ReadonlySet<string> = new Set()): string {
  if (node.nodeName === '#text') return node.value ?? '';
  return (node.childNodes ?? [])
    .filter((child) => !without.has(child.nodeName))
    .map((child) => rawTextOf(child, without))
    .join('');
}

/** The nearest element around this one that has one of these names. */
export function closest(element: HtmlElement, ...names: readonly string[]): HtmlElement | undefined {
  for (let node = element.parentNode; node !== null; node = isElement(node) ? node.parentNode : null) {
    if (isElement(node) && names.includes(node.tagName)) return node;
  }
  return undefined;
}

function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node;
}
