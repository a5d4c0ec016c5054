/** Never run: what the compiler must accept, and what it must not. */

import {
  type Class,
  CsrfExempt,
  defineApp,
  deleteCookie,
  type HttpRequest,
  readToken,
  setCookie,
  signedCookie,
  signToken,
} from 'twodoors';
import { flash, getFlashedMessages, type Session, sessionOf, sessions } from 'twodoors/sessions';

interface Mine {
  cart: number[];
  when: Date;
  draft: { name: string; tags: readonly string[]; at: Map<string, number> };
  level?: 'low' | 'high';
}

export function forms(controllers: Class[]): void {
  defineApp({ controllers, csrf: false });
  defineApp({ controllers, csrf: { trustedOrigins: ['https://pay.example'] } });
  // @ts-expect-error it is on anyway
  defineApp({ controllers, csrf: true });
  // @ts-expect-error a list
  defineApp({ controllers, csrf: { trustedOrigins: 'https://pay.example' } });
  // @ts-expect-error it takes no arguments
  CsrfExempt('/forms');
}

export function cookies(request: HttpRequest): void {
  setCookie(request, 'a', 'b', { sameSite: 'lax', maxAge: 1 });
  // @ts-expect-error a value is text
  setCookie(request, 'a', 1);
  // @ts-expect-error not one of the three
  setCookie(request, 'a', 'b', { sameSite: 'Lax' });
  // @ts-expect-error there is no such attribute
  setCookie(request, 'a', 'b', { max_age: 1 });
  // @ts-expect-error a deleted cookie has no age of its own
  deleteCookie(request, 'a', { maxAge: 1 });
}

export function signed(request: HttpRequest): void {
  const cookie = signedCookie<{ theme: string }>('p', { secret: ['a', undefined], maxAge: 60 });
  cookie.set(request, { theme: 'dark' });
  cookie.get(request)?.theme.trim();
  // @ts-expect-error it may be missing
  cookie.get(request).theme;
  // @ts-expect-error of another type
  cookie.set(request, { theme: 1 });
  signedCookie('p', { secret: () => process.env['A'] });
  // @ts-expect-error a secret must be there
  signedCookie('p', { maxAge: 60 });
  // @ts-expect-error JSON has no dates
  signedCookie<{ at: Date }>('p', { secret: 'a' }).set(request, { at: new Date() });
  const token = signToken({ id: 1, tags: ['a'] }, { secret: () => 'a', purpose: 'reset' });
  readToken<{ id: number }>(token, { secret: 'a', purpose: 'reset', maxAge: 60 })?.id.toFixed();
  // @ts-expect-error without a type it is unknown
  readToken(token, { secret: 'a', purpose: 'reset', maxAge: 60 }).id;
  // @ts-expect-error an age must be there
  readToken(token, { secret: 'a', purpose: 'reset' });
  // @ts-expect-error a purpose must be there
  signToken({ id: 1 }, { secret: 'a' });
  // @ts-expect-error JSON has no dates
  signToken({ at: new Date() }, { secret: 'a', purpose: 'reset' });
}

export function flashed(request: HttpRequest): void {
  flash(request, 'Saved', 'success');
  getFlashedMessages(request).map((message) => message.trim());
  getFlashedMessages(request, { withCategories: true }).map(([category, message]) => category + message);
  // @ts-expect-error without categories it is text
  getFlashedMessages(request).map(([category, message]) => category.length + message.length.toFixed());
  // @ts-expect-error a message is text
  flash(request, { text: 'Saved' });
}

export function session(request: HttpRequest, session: Session, own: Session<Mine>): void {
  session.user = 'ada';
  session.n?.toFixed();
  session.user = undefined;
  delete session.user;
  own.cart = [1];
  own.user?.trim();
  own.level = 'low';
  own.draft?.tags.includes('a');
  sessionOf(request).user?.trim();
  sessionOf<{ cart: number[] }>(request).cart?.push(1);
  sessions({ secret: () => [process.env['A'], process.env['B']] });
  // @ts-expect-error a session has no such member
  session.cart = [];
  // @ts-expect-error it may be missing
  session.n.toFixed();
  // @ts-expect-error of another type
  session.user = 1;
  // @ts-expect-error JSON has no dates
  own.when = new Date();
  // @ts-expect-error nor maps inside of objects
  own.draft = { name: 'a', tags: [], at: new Map() };
  // @ts-expect-error of another type
  own.cart?.push('a');
  // @ts-expect-error a method is not data
  session.clear = () => {};
  // @ts-expect-error seconds are a number
  sessions({ maxAge: '60' });
  // @ts-expect-error not a store
  sessions({ store: new Map() });
  // @ts-expect-error always HttpOnly
  sessions({ httpOnly: false });
}
