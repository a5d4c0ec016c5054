import { ContentType, Header, HttpCode, OnNull, OnUndefined, Redirect } from 'twodoors';

const EXPIRES = 'Expires=Wed, 21 Oct 2026 07:28:00 GMT';

/** What a handler may be decorated with beside its route. */
export const DECORATIONS = {
  'HttpCode 201': HttpCode(201),
  'HttpCode 204': HttpCode(204),
  'HttpCode 205': HttpCode(205),
  'HttpCode 304': HttpCode(304),
  'HttpCode 418': HttpCode(418),
  'OnNull 404': OnNull(404),
  'OnNull 200': OnNull(200),
  'OnUndefined 410': OnUndefined(410),
  'OnUndefined 202': OnUndefined(202),
  'ContentType html': ContentType('text/html'),
  'ContentType csv in latin1': ContentType('text/csv; charset=iso-8859-1'),
  'ContentType png': ContentType('image/png'),
  'Header x-own': Header('X-Own', '1'),
  'Header x-own again': Header('x-own', 'two, three'),
  'Header content-type': Header('Content-Type', 'application/x-own'),
  'Header server': Header('Server', 'own'),
  'Header cookie': Header('Set-Cookie', `d=1; ${EXPIRES}`),
  'Header cookie again': Header('set-cookie', `e=2; ${EXPIRES}; Path=/`),
  'Redirect nowhere': Redirect(),
  'Redirect somewhere': Redirect('/somewhere?a=b c&d=é', 307),
} as const;

/** The name of a decoration. */
export type DecoratorSpec = keyof typeof DECORATIONS;

/** The names of all decorations. */
export const decorationNames = Object.keys(DECORATIONS) as DecoratorSpec[];
