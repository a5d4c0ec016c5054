import { list, type Post } from './posts.js';

const COLUMNS = ['id', 'created', 'username', 'title', 'body'] as const;
const BATCH = 500;

/** The posts that contain a text, as CSV (RFC 4180), a batch at a time. */
export async function* csvOf(q: string): AsyncGenerator<string> {
  yield line([...COLUMNS]);
  for (let page = 1, hasMore = true; hasMore; page++) {
    const batch = await list({ q, page }, BATCH);
    hasMore = batch.hasMore;
    yield batch.posts.map(toLine).join('');
  }
}

const toLine = (post: Post) =>
  line(COLUMNS.map((name) => (name === 'created' ? post.created.toISOString() : `${post[name]}`)));

/** Quoted, and with an apostrophe before what a spreadsheet would take for a formula. */
const line = (fields: string[]) =>
  `${fields.map((field) => `"${field.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`).join(',')}\r\n`;
