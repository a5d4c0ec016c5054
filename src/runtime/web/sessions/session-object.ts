/** What a session reports to the request that it belongs to. */
export interface SessionEvents {
  /** @throws Error where the session cannot be changed any more */
  assertOpen(): void;
  regenerate(): void;
  clear(): void;
}

/** A session as the app sees it, and the data behind it. */
export interface SessionObject {
  readonly proxy: object;
  readonly data: Record<string, unknown>;
  /** The functions of the session itself. */
  readonly controls: { regenerate(): void; clear(): void };
}

/**
 * Makes the object that the app reads and writes: its own members are the session's data, so that `Object.keys`, `in`,
 * `delete` and JSON see these alone; `regenerate` and `clear` are not among them, and cannot be replaced.
 */
export function createSessionObject(data: Record<string, unknown>, events: SessionEvents): SessionObject {
  const controls = {
    regenerate: () => {
      events.assertOpen();
      events.regenerate();
    },
    clear: () => {
      events.assertOpen();
      for (const key of Object.keys(data)) delete data[key];
      events.clear();
    },
  };
  const proxy = new Proxy(data, {
    get: (target, key) => (key === 'regenerate' || key === 'clear' ? controls[key] : target[key as string]),
    defineProperty: (target, key, descriptor) => {
      events.assertOpen();
      if (key === 'regenerate' || key === 'clear' || typeof key === 'symbol') {
        throw new TypeError(`session.${String(key)} cannot hold data. Choose another name.`);
      }
      Object.defineProperty(target, key, descriptor);
      return true;
    },
    deleteProperty: (target, key) => {
      events.assertOpen();
      return delete target[key as string];
    },
    setPrototypeOf: () => false,
  });
  return { proxy, data, controls };
}
