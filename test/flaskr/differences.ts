import { isDeepStrictEqual } from 'node:util';
import type { Asked, Seen } from './visitor.js';

/** Flaskr says what it has done. */
const SUCCESSES = ['Welcome! Now log in.', 'Published.', 'Saved.', 'Deleted.'];

/** What has to be seen here, after what was seen there. */
interface Rule {
  /** As in the table of the example's README. */
  readonly name: string;
  readonly applies: (there: Seen, here: Seen, asked: Asked) => boolean;
  readonly change: (there: Seen, here: Seen, asked: Asked) => Seen;
}

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  register: ['username', 'password'],
  login: ['username', 'password'],
  create: ['title', 'body'],
  update: ['title', 'body'],
};

const actionOf = ({ path }: Asked) => path.split('?')[0]!.split('/').at(-1)!;
const isForm = ({ method, form }: Asked) => form !== undefined && (method ?? 'POST') === 'POST';
const lacksField = (asked: Asked) =>
  isForm(asked) && (FIELDS[actionOf(asked)] ?? []).some((name) => asked.form![name] === undefined);
const idOf = ({ path }: Asked) => /^\/([^/]*)\/(?:update|delete)$/.exec(path)?.[1];

/** All that may differ between the tutorial's app and ours; what else does is a mistake of ours. */
export const RULES: readonly Rule[] = [
  {
    name: 'Numbers in paths',
    // Who is not signed in is asked to, whatever the path says; and a post has one URL.
    applies: (there, here, asked) => {
      const id = idOf(asked);
      if (id === undefined) return false;
      if (/^0\d|^\d{10,}$/.test(id)) return here.status === 404 || here.location?.startsWith('/auth/login') === true;
      return there.status === 404 && !/^\d+$/.test(id) && here.location?.startsWith('/auth/login') === true;
    },
    change: (_there, here) => here,
  },
  {
    name: 'Absent fields',
    applies: ({ status }, _here, asked) => status === 400 && lacksField(asked),
    change: (there, here) => (here.status === 422 ? here : { ...there, status: 422 }),
  },
  {
    name: 'Redirects',
    applies: ({ status }) => status === 302,
    change: (there) => ({ ...there, status: 303 }),
  },
  {
    name: 'The way back',
    applies: ({ location }, here, asked) => location === '/auth/login' && !isForm(asked) && location !== here.location,
    change: (there, _here, { path }) => ({ ...there, location: `/auth/login?next=${encodeURIComponent(path)}` }),
  },
  {
    name: 'Mistakes',
    applies: ({ status, messages = [] }, here, asked) =>
      status === 200 && isForm(asked) && messages.length > 0 && here.status === 422,
    change: (there) => ({ ...there, status: 422 }),
  },
  {
    name: 'Several mistakes',
    applies: (_there, { status }, asked) =>
      status === 422 &&
      actionOf(asked) === 'register' &&
      asked.form?.['username'] === '' &&
      asked.form['password'] === '',
    change: (there) => ({ ...there, messages: [...there.messages!, 'Password is required.'] }),
  },
  {
    name: 'What was typed',
    applies: (there, here, asked) => {
      const typed = typedOf(asked);
      return here.status === 422 && there.status === 422 && !isDeepStrictEqual(there.fields, typed);
    },
    change: (there, _here, asked) => ({ ...there, fields: typedOf(asked) }),
  },
  {
    name: 'Line breaks',
    applies: (there, here) =>
      there.fields?.['body'] !== here.fields?.['body'] && here.fields?.['body'] === `\n${there.fields?.['body']}`,
    change: (there, here) => ({ ...there, fields: { ...there.fields, body: here.fields!['body']! } }),
  },
  {
    name: 'Messages',
    applies: (_there, { messages = [] }) => messages.some((message) => SUCCESSES.includes(message)),
    change: (there, { messages }) => ({
      ...there,
      messages: [...messages!.filter((message) => SUCCESSES.includes(message)), ...there.messages!],
    }),
  },
];

/** What stands in the fields of a form that is shown again. */
function typedOf({ form = {} }: Asked): Record<string, string> {
  return Object.fromEntries(Object.entries(form).filter(([name]) => name !== 'password'));
}

/** What has to be seen here, and which differences count in it. */
export function expectedOf(there: Seen, here: Seen, asked: Asked): { expected: Seen; names: string[] } {
  const names: string[] = [];
  let expected = there;
  for (const { name, applies, change } of RULES) {
    if (!applies(expected, here, asked)) continue;
    names.push(name);
    expected = change(expected, here, asked);
    // What has no page there has none to compare.
    if (expected === here) break;
  }
  return { expected, names };
}
