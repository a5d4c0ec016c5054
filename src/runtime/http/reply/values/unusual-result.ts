/** A body of a result, and what is known of it. */
export interface UnusualBody {
  readonly body: string | AsyncIterable<string | Uint8Array>;
  /** Its media type, if no decorator says otherwise; undefined for JSON. */
  readonly type: string | undefined;
  /** Its size in bytes, if that is known of a stream. */
  readonly length?: number;
}

// This file imports nothing: bundles have it as a separate file, which is loaded for the first such result.

/**
 * Makes the body of a result that JSON has no form for, or that may have such a value inside: a `Set` is a list, a `Map`
 * with string or number keys an object, a bigint its digits in a string, a `Blob` its bytes, a generator a stream. All else
 * is what `JSON.stringify` makes of it.
 *
 * @throws TypeError for a value that is lost in JSON (a promise, an iterator, a stream, an observable, a `Blob` or a form),
 *   naming its place, for a cycle, and for a value without JSON, such as a function
 */
export function toBody(value: unknown): UnusualBody {
  // By its tag: naming the global would load Node's Blob.
  const tag = typeof value === 'object' && value !== null ? tagOf(value) : '';
  if (tag === 'Blob' || tag === 'File') {
    const blob = value as Blob;
    const body = blob.stream() as unknown as AsyncIterable<Uint8Array>;
    return { body, type: blob.type || BYTES_TYPE, length: blob.size };
  }
  if (ArrayBuffer.isView(value) && tag !== 'DataView') {
    throw new TypeError(
      `A ${tag} cannot be sent. Send a list, Array.from(numbers), or its bytes, new Uint8Array(numbers.buffer).`,
    );
  }
  if (tag === 'Generator') return { body: toAsync(value as Generator<string | Uint8Array>), type: BYTES_TYPE };
  return { body: stringifyAll(value, 'The result'), type: undefined };
}

const BYTES_TYPE = 'application/octet-stream';

/** A generator as a stream; closing the one closes the other. */
function toAsync(chunks: Generator<string | Uint8Array>): AsyncIterableIterator<string | Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => chunks.next(),
    return: async () => chunks.return(undefined),
  };
}

/**
 * Writes a value as JSON, as {@link toBody} does where its result is JSON.
 *
 * @param subject how errors call the value
 */
export function stringifyAll(value: unknown, subject: string): string {
  const places = new Map<object, string>();
  const forms = new Map<object, object>();
  let lost: TypeError | undefined;
  const text: string | undefined = JSON.stringify(value, function replace(this: object, key, item: unknown): unknown {
    if (typeof item === 'bigint') return String(item);
    if (typeof item !== 'object' || item === null) return item;
    const place = placeIn(this, places.get(this), key);
    const error = lostError(item, place, subject);
    if (error !== undefined) {
      // The first is told. The others are looked for all the same: none of them may end the process when it rejects.
      if (tagOf(item) === 'Promise') (item as Promise<unknown>).then(undefined, () => {});
      lost ??= error;
      return undefined;
    }
    // One form for one object, so that JSON sees a cycle through a Map or a Set.
    const form = forms.get(item) ?? formOf(item, place, subject);
    forms.set(item, form);
    // Its members come next, before the same object can be met at another place.
    places.set(form, place);
    return form;
  });
  if (lost !== undefined) throw lost;
  if (text === undefined) throw new TypeError(`A value of type ${typeof value} cannot be sent as JSON.`);
  return text;
}

/** What an object says it is: `Map`, even where it comes from another realm, such as Node's own under Jest. */
function tagOf(item: object): string {
  return Object.prototype.toString.call(item).slice('[object '.length, -1);
}

/** Where a member is, such as `items[2].tags`; empty for the whole result. */
function placeIn(holder: object, place: string | undefined, key: string): string {
  // The holder of the whole result is an object of JSON's own.
  if (place === undefined) return '';
  if (Array.isArray(holder)) return `${place}[${key}]`;
  return place === '' ? key : `${place}.${key}`;
}

function formOf(item: object, place: string, subject: string): object {
  const tag = tagOf(item);
  if (tag === 'Set' && Symbol.iterator in item) return [...(item as Set<unknown>)];
  if (tag === 'Map' && Symbol.iterator in item) return recordOf(item as Map<unknown, unknown>, place, subject);
  return item;
}

function recordOf(map: ReadonlyMap<unknown, unknown>, place: string, subject: string): object {
  for (const [key] of map) {
    if (typeof key === 'string' || typeof key === 'number') continue;
    throw new TypeError(
      `${subject} has a Map${whereIs(place)} with a key of type ${typeof key}. Use strings or numbers, or send [...map].`,
    );
  }
  return Object.fromEntries(map);
}

function whereIs(place: string): string {
  return place === '' ? '' : ` at ${JSON.stringify(place)}`;
}

/** The error for a value that JSON would write as an empty object. */
function lostError(item: object, place: string, subject: string): TypeError | undefined {
  const [kind, fix] = lostKindOf(item) ?? [];
  if (kind === undefined) return undefined;
  const verb = place === '' ? 'is' : 'has';
  return new TypeError(`${subject} ${verb} ${kind}${whereIs(place)}, which JSON cannot carry. ${fix}`);
}

/** What kind of value it is, and what to do. */
function lostKindOf(item: object): [kind: string, fix: string] | undefined {
  const { then, next, subscribe } = item as Record<string, unknown>;
  if (typeof then === 'function') return ['a promise', 'Await it.'];
  if (Symbol.asyncIterator in item) return ['a stream', 'Collect it, or return it by itself.'];
  if (typeof next === 'function' && Symbol.iterator in item)
    return ['an iterator', 'Make a list of it: [...iterator].'];
  if (typeof subscribe === 'function' && (isObservable(item) || hasNoMembers(item))) {
    return ['an observable', 'Await its value, such as firstValueFrom(observable).'];
  }
  const lost = EMPTY_IN_JSON.get(tagOf(item));
  return lost !== undefined && Object.keys(item).length === 0 ? lost : undefined;
}

/** By its tag: what has content, and no members that JSON could write. An `Error` inside of a result is its members. */
const EMPTY_IN_JSON = new Map<string, [kind: string, fix: string]>([
  ['ArrayBuffer', ['an ArrayBuffer', 'Return it by itself, or send its bytes as text.']],
  ['DataView', ['a DataView', 'Return its bytes by themselves, or send them as text.']],
  ['Blob', ['a Blob', 'Return it by itself, or send its text.']],
  ['File', ['a File', 'Return it by itself, or send its text.']],
  ['FormData', ['a FormData', 'Send an object: Object.fromEntries(form).']],
  ['Headers', ['a Headers', 'Send an object: Object.fromEntries(headers).']],
  ['URLSearchParams', ['a URLSearchParams', 'Send its text: String(query).']],
  ['Request', ['a Request', 'Send what you need of it.']],
  ['Response', ['a Response', 'Return it by itself, or send its data: await response.json().']],
]);

/**
 * Whether it is an observable by the protocol that RxJS and others share.
 *
 * @see https://github.com/tc39/proposal-observable
 */
function isObservable(item: object): boolean {
  const { observable } = Symbol as unknown as { observable?: symbol };
  return '@@observable' in item || (observable !== undefined && observable in item);
}

function hasNoMembers(item: object): boolean {
  return Object.values(item).every((member) => member === undefined || typeof member === 'function');
}
