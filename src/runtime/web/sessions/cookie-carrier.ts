import { deleteCookie, LONGEST_COOKIE, setCookie } from '../cookies/set-cookie.js';
import { type Purpose, sign, unsign } from '../cookies/signature.js';
import { type CarrierSettings, isExpired, type SessionCarrier } from './session-carrier.js';
import { lifetimeIn } from './session-record.js';

/** Sessions whose data is in the cookie: signed, so that clients can read it but not change it. */
export function createCookieCarrier({ name, attributes, lifetime, keys }: CarrierSettings): SessionCarrier {
  const purpose: Purpose = { kind: 'session', name };
  return {
    read(request) {
      const cookie = request.cookies[name];
      const found = cookie === undefined ? undefined : unsign(cookie, purpose, keys(request), undefined);
      if (found === undefined) return undefined;
      const text = Buffer.from(found.text, 'base64url').toString();
      const record = { text, signedAt: found.signedAt, lifetime: lifetimeIn(text) ?? lifetime };
      return isExpired(record) ? undefined : record;
    },
    save(request, text, { lifetime: own }) {
      const value = sign(Buffer.from(text).toString('base64url'), purpose, keys(request));
      try {
        setCookie(request, name, value, own === undefined ? attributes : { ...attributes, maxAge: own });
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw new RangeError(
          `The session has ${Buffer.byteLength(text)} bytes as JSON, and its cookie ${name.length + 1 + value.length}: browsers drop a cookie above ${LONGEST_COOKIE} bytes (4 KB). Store less in it, or keep sessions on the server: sessions({ store: new Keyv(…) }).`,
          { cause: error },
        );
      }
    },
    remove: (request) => deleteCookie(request, name, attributes),
  };
}
