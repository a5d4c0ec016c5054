import { Controller, defineApp, Get } from 'twodoors';
import { auth, basicAuth, CurrentUser, hashPassword, verifyPassword } from 'twodoors/auth';
import { type Row, runRows } from '../../contract/run-rows.js';

const CHEAP = { ln: 4, r: 8, p: 1 };
const hashes: Record<string, string> = Object.create(null);
beforeAll(async () => {
  hashes['ada'] = await hashPassword('le:tmein', CHEAP);
  hashes['zoë'] = await hashPassword('pässword', CHEAP);
  hashes['empty'] = await hashPassword('x', CHEAP);
});

@Controller()
class BasicController {
  @Get('/me') me(@CurrentUser() user: { name: string }) {
    return user.name;
  }
}

const app = defineApp({
  controllers: [BasicController],
  use: [
    auth({
      loadUser: (name: string) => (name === 'empty' ? null : { name }),
      identify: basicAuth({
        verify: async (name, password) => (await verifyPassword(password, hashes[name])) && name,
        realm: 'Reports',
      }),
    }),
  ],
});

const encoded = (text: string | Uint8Array) => Buffer.from(text).toString('base64');

const CHALLENGE = 'Basic realm="Reports", charset="UTF-8"';

const row = (rule: string, authorization: string | undefined, reply?: string): Row => ({
  rule,
  target: '/me',
  headers: authorization === undefined ? {} : { authorization },
  ...(reply === undefined ? { status: 401 } : { reply }),
  replyHeaders: { 'cache-control': 'private, no-cache', vary: 'Authorization' },
});

runRows(app, [
  row('the right password', `Basic ${encoded('ada:le:tmein')}`, 'ada'),
  row('a scheme in another case, and two blanks', `bASIC  ${encoded('ada:le:tmein')}`, 'ada'),
  row('other letters, as UTF-8', `Basic ${encoded('zoë:pässword')}`, 'zoë'),
  row('a wrong password', `Basic ${encoded('ada:letmein')}`),
  row('an unknown name', `Basic ${encoded('eve:le:tmein')}`),
  row('a name like a member of every object', `Basic ${encoded('toString:x')}`),
  row('a user who is gone', `Basic ${encoded('empty:x')}`),
  row('no header', undefined),
  row('no credentials', 'Basic'),
  row('no colon', `Basic ${encoded('ada')}`),
  row('what is not base64', 'Basic a:b'),
  row('base64 with more behind it', `Basic ${encoded('ada:le:tmein')}, x`),
  row('other letters, as Latin-1', `Basic ${encoded(Buffer.from('zoë:pässword', 'latin1'))}`),
  row('a NUL', `Basic ${encoded('ada\0:le:tmein')}`),
  row('another scheme', `Bearer ${encoded('ada:le:tmein')}`),
  {
    rule: 'the 401 says what to send',
    target: '/me',
    headers: { accept: 'application/json' },
    status: 401,
    // It renames this header.
    lostIn: ['rest'],
    replyHeaders: { 'www-authenticate': CHALLENGE },
  },
  {
    rule: 'to browsers as well, which then ask for the password: there is no login page',
    target: '/me',
    headers: { accept: 'text/html' },
    status: 401,
    lostIn: ['rest'],
    replyHeaders: { 'www-authenticate': CHALLENGE, 'content-type': 'text/html; charset=utf-8' },
  },
]);
