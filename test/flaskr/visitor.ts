import { attributeOf, elementsIn, parsePage, rawTextOf } from '../../src/runtime/testing/forms/html-element.js';

/** What a visitor asks for. */
export interface Asked {
  readonly path: string;
  readonly method?: string;
  /** A form, urlencoded. */
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A post as a page lists it. */
export interface SeenPost {
  readonly title: string;
  readonly author: string;
  readonly body: string;
  /** The link for its author. */
  readonly edit: string | undefined;
}

/** What a visitor sees of a reply. */
export interface Seen {
  readonly status: number;
  readonly location?: string;
  /** Of what is not a page. */
  readonly text?: string;
  /** Of a page: its heading, who is signed in, the messages, the posts, and what stands in its fields. */
  readonly heading?: string;
  readonly user?: string | undefined;
  readonly messages?: readonly string[];
  readonly posts?: readonly SeenPost[];
  readonly fields?: Readonly<Record<string, string>>;
}

/** A browser's window: it keeps cookies, and follows no redirect. */
export class Visitor {
  readonly #cookies = new Map<string, string>();

  constructor(private readonly url: string) {}

  /** Sends a request. */
  fetch({ path, method, form, json, headers }: Asked): Promise<Response> {
    const body = form === undefined ? (json === undefined ? null : JSON.stringify(json)) : new URLSearchParams(form);
    const type = json === undefined ? {} : { 'content-type': 'application/json' };
    return this.send(path, body, method, { ...type, ...headers });
  }

  /** Sends a body, such as a form with files. */
  async send(
    path: string,
    body: FormData | URLSearchParams | string | null,
    method = body === null ? 'GET' : 'POST',
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const init = { method, body, redirect: 'manual', headers: { accept: 'text/html', cookie, ...headers } } as const;
    const response = await fetch(this.url + path, init);
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '') this.#cookies.delete(name!);
      else this.#cookies.set(name!, value!);
    }
    return response;
  }

  /** Sends a request, and looks at the reply; of a list of posts at all its pages. */
  async ask(asked: Asked): Promise<Seen> {
    const response = await this.fetch(asked);
    const text = await response.text();
    const location = response.headers.get('location');
    const head = { status: response.status, ...(location !== null && { location }) };
    // What an error says is not compared, nor the text of a redirect.
    if (location !== null || text === '' || (response.status >= 400 && response.status !== 422)) return head;
    if (!text.includes('<h1>')) return { ...head, text };
    const { next, ...page } = await lookAt(text);
    const rest = next === undefined ? [] : ((await this.ask({ ...asked, path: next })).posts ?? []);
    return { ...head, ...page, posts: [...page.posts, ...rest] };
  }
}

async function lookAt(html: string) {
  const all = elementsIn(await parsePage(html));
  const hasClass = (name: string) => (element: (typeof all)[number]) => attributeOf(element, 'class') === name;
  const texts = (test: (element: (typeof all)[number]) => boolean, within = all) =>
    within.filter(test).map((each) => rawTextOf(each));
  const nav = all.filter(({ tagName }) => tagName === 'nav').flatMap(elementsIn);
  return {
    heading: texts(({ tagName }) => tagName === 'h1')[0]!,
    user: texts(({ tagName }) => tagName === 'span', nav)[0],
    messages: [
      ...texts(hasClass('flash')),
      ...texts(hasClass('field-error')),
      ...all
        .filter(hasClass('form-summary'))
        .flatMap((each) => texts(({ tagName }) => tagName === 'li', elementsIn(each))),
    ],
    posts: all
      .filter(({ tagName }) => tagName === 'article')
      .map((article) => {
        const parts = elementsIn(article);
        const [about] = texts(hasClass('about'), parts);
        const [, author, date] = /^\s*by (.*) on (.*\d)/s.exec(about!)!;
        if (Number.isNaN(Date.parse(date!))) throw new Error(`${about} has no date`);
        return {
          title: texts(({ tagName }) => tagName === 'h2', parts)[0]!,
          author: author!,
          body: texts(hasClass('body'), parts)[0]!,
          edit: parts.map((each) => attributeOf(each, 'href')).find((href) => href?.endsWith('/update')),
        };
      }),
    fields: Object.fromEntries(
      all
        .filter((each) =>
          ['text', 'textarea'].includes(attributeOf(each, 'type') ?? each.tagName.replace('input', 'text')),
        )
        .map((each) => [
          attributeOf(each, 'name')!,
          each.tagName === 'textarea' ? rawTextOf(each) : (attributeOf(each, 'value') ?? ''),
        ]),
    ),
    next: all.filter((each) => attributeOf(each, 'rel') === 'next').map((each) => attributeOf(each, 'href'))[0],
  };
}
