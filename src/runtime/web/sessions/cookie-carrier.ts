import { deleteCookie, LONGEST_COOKIE, setCookie } from '../cookies/set-cookie.js';
import { type Purpose, sign, unsign } from '../cookies/signature.js';
import { type CarrierSettings, isHalfOver, type SessionCarrier } from './session-carrier.js';

/** Sessions whose data is in the cookie: signed, so that clients can read it but not change it. */
export function createCookieCarrier({ name, attributes, lifetime, keys }: CarrierSettings): SessionCarrier {
  const purpose: Purpose = { kind: 'session', name };
  return {
    read(request) {
      const cookie = request.cookies[name];
      const found = cookie === undefined ? undefined : unsign(cookie, purpose, keys(request), lifetime);
      if (found === undefined) return undefined;
      return { text: Buffer.from(found.text, 'base64url').toString(), signedAt: found.signedAt };
    },
    isHalfOver: (record) => isHalfOver(record, lifetime),
    save(request, text) {
      const value = sign(Buffer.from(text).toString('base64url'), purpose, keys(request));
      try {
        setCookie(request, name, value, attributes);
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
