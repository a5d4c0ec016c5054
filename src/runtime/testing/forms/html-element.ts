import type { DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;

/** An element of a parsed page. */
export type HtmlElement = DefaultTreeAdapterTypes.Element;

/** Parses a page as browsers do. */
export async function parsePage(html: string): Promise<Node> {
  const { parse } = await import('parse5');
  return parse(html);
}

/** All elements below a node, in their order. */
export function elementsIn(node: Node): HtmlElement[] {
  const children = 'childNodes' in node ? node.childNodes : [];
  return children.flatMap((child) => ('tagName' in child ? [child, ...elementsIn(child)] : []));
}

/** The value of an attribute; undefined where the element does not have it. */
export function attributeOf({ attrs }: HtmlElement, name: string): string | undefined {
  return attrs.find((attribute) => attribute.name === name)?.value;
}

/** The text of a node in one line, without that of the controls in it. */
export function textOf(node: Node): string {
  return rawTextOf(node, new Set(['select', 'textarea', 'button', 'script', 'style']))
    .replace(/\s+/g, ' ')
    .trim();
}

/** The text of a node as it is written. */
export function rawTextOf(node: Node, without: ReadonlySet<string> = new Set()): string {
  if (node.nodeName === '#text') return (node as DefaultTreeAdapterTypes.TextNode).value;
  if (!('childNodes' in node)) return '';
  return node.childNodes
    .filter((child) => !without.has(child.nodeName))
    .map((child) => rawTextOf(child, without))
    .join('');
}

/** The nearest element around this one that has one of these names. */
export function closest(element: HtmlElement, ...names: readonly string[]): HtmlElement | undefined {
  for (let node: unknown = element.parentNode; node !== null && node !== undefined; ) {
    const { tagName, parentNode } = node as Partial<HtmlElement>;
    if (tagName !== undefined && names.includes(tagName)) return node as HtmlElement;
    node = parentNode;
  }
  return undefined;
}
