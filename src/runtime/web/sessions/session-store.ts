/** Where sessions are kept on the server: what of Keyv 5 is used. Any `new Keyv(…)` fits. */
export interface SessionStore {
  get(key: string): Promise<unknown>;
  /** As `get`, and rejects where the store fails. Older versions of Keyv 5 do not have it. */
  getRaw?(key: string): Promise<{ readonly value?: unknown } | undefined>;
  /** @param ttl in milliseconds */
  set(key: string, value: string, ttl?: number): Promise<boolean>;
  delete(key: string): Promise<boolean>;
  has(key: string): Promise<boolean>;
  on(event: string, listener: (error: unknown) => void): unknown;
}

/** A store whose failures are errors. */
export interface StrictStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, ttl: number): Promise<void>;
  delete(key: string): Promise<void>;
  has(key: string): Promise<boolean>;
}

/**
 * Makes the failures of a store errors. Keyv and its adapters emit them and go on as if there were nothing: an outage
 * would look like a session that is empty, and the next write would put that in its place.
 */
export function createStrictStore(store: SessionStore): StrictStore {
  let failures = 0;
  let latest: unknown;
  store.on?.('error', (error) => {
    failures++;
    latest = error;
  });
  const run = async <T>(what: string, operation: () => Promise<T>): Promise<T> => {
    const before = failures;
    let result: T;
    try {
      result = await operation();
    } catch (cause) {
      throw new Error(`The session store failed to ${what}.`, { cause });
    }
    if (failures !== before) throw new Error(`The session store failed to ${what}.`, { cause: latest });
    return result;
  };
  return {
    async get(key) {
      const value = await run('read a session', async () =>
        store.getRaw === undefined ? store.get(key) : (await store.getRaw(key))?.value,
      );
      return typeof value === 'string' ? value : undefined;
    },
    async set(key, value, ttl) {
      const isSet = await run('write a session', () => store.set(key, value, ttl));
      if (isSet === false) throw new Error('The session store failed to write a session.');
    },
    async delete(key) {
      await run('delete a session', () => store.delete(key));
    },
    has: (key) => run('read a session', () => store.has(key)),
  };
}
