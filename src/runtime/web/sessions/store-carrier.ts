import { randomBytes } from 'node:crypto';
import type { HttpRequest } from '../../http/http-request.js';
import { deleteCookie, setCookie } from '../cookies/set-cookie.js';
import { type Purpose, type SignedText, sign, unsign } from '../cookies/signature.js';
import { type CarrierSettings, isExpired, type SessionCarrier } from './session-carrier.js';
import { lifetimeIn } from './session-record.js';
import { createStrictStore, type SessionStore } from './session-store.js';

/**
 * Sessions whose data is in a store; the cookie holds a random id, signed, so that made-up ids never reach the store.
 */
export function createStoreCarrier(
  store: SessionStore,
  { name, attributes, lifetime, keys }: CarrierSettings & { readonly lifetime: number },
): SessionCarrier {
  const records = createStrictStore(store);
  const purpose: Purpose = { kind: 'session-id', name };
  const idOf = (request: HttpRequest): SignedText | undefined => {
    const cookie = request.cookies[name];
    return cookie === undefined ? undefined : unsign(cookie, purpose, keys(request), undefined);
  };
  return {
    async load(request) {
      const id = idOf(request);
      const text = id === undefined ? undefined : await records.get(id.text);
      if (id === undefined || text === undefined) return undefined;
      const record = { text, signedAt: id.signedAt, id: id.text, lifetime: lifetimeIn(text) ?? lifetime };
      return isExpired(record) ? undefined : record;
    },
    async save(request, text, { before, isRegenerated, lifetime: own }) {
      const kept = isRegenerated ? undefined : before?.id;
      // Another request has ended the session meanwhile: it must not come back.
      if (kept !== undefined && !(await records.has(kept))) return;
      const id = kept ?? randomBytes(32).toString('base64url');
      await records.set(id, text, (own ?? lifetime) * 1000);
      if (isRegenerated && before?.id !== undefined) await records.delete(before.id);
      setCookie(request, name, sign(id, purpose, keys(request)), {
        ...attributes,
        ...(own !== undefined && { maxAge: own }),
      });
    },
    async remove(request, before) {
      if (before.id !== undefined) await records.delete(before.id);
      deleteCookie(request, name, attributes);
    },
  };
}
