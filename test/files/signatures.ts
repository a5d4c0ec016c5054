/** Never run: what the compiler must accept, and what it must not. */

import {
  type App,
  assetUrl,
  defineApp,
  download,
  type HttpReply,
  type HttpRequest,
  type PublicFolder,
  sendFile,
} from 'twodoors';

export function folders(): App[] {
  const folder: PublicFolder = { root: 'src/public', prefix: '/static', maxAge: 60, immutable: false };
  return [
    defineApp({ controllers: [], public: 'src/public' }),
    defineApp({ controllers: [], public: [folder, { root: 'a' }] }),
    defineApp({ controllers: [], public: undefined }),
    // @ts-expect-error a folder alone is text, or in a list
    defineApp({ controllers: [], public: { root: 'a' } }),
    // @ts-expect-error a folder has a root
    defineApp({ controllers: [], public: [{ prefix: '/a' }] }),
    // @ts-expect-error seconds are a number
    defineApp({ controllers: [], public: [{ root: 'a', maxAge: '1h' }] }),
    // @ts-expect-error there is no such option
    defineApp({ controllers: [], public: [{ root: 'a', index: 'index.html' }] }),
  ];
}

export function urls(request: HttpRequest, app: App): string[] {
  return [
    assetUrl(request, 'a.css'),
    assetUrl(app, 'a.css'),
    // @ts-expect-error it needs the request or the app
    assetUrl('a.css'),
    // @ts-expect-error a name is text
    assetUrl(app, 1),
  ];
}

export async function replies(request: HttpRequest): Promise<HttpReply[]> {
  return [
    await sendFile(request, 'a.txt', { root: 'a', maxAge: 1, filename: 'b.txt' }),
    // @ts-expect-error it needs a root
    await sendFile(request, 'a.txt', {}),
    // @ts-expect-error it needs the request
    await sendFile('a.txt', { root: 'a' }),
    download('text', { filename: 'a.txt' }),
    download(new Uint8Array(1), { filename: 'a.bin', contentType: 'application/x-a', inline: true }),
    // @ts-expect-error it needs a name
    download('text', { inline: true }),
    // @ts-expect-error a body is text, bytes or a stream
    download({ a: 1 }, { filename: 'a.json' }),
  ];
}
