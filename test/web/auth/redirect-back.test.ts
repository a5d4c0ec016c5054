import { Controller, defineApp, Get, type HttpRequest, Post, Req } from 'twodoors';
import { redirectBack } from 'twodoors/auth';
import { type Row, runRows } from '../../contract/run-rows.js';

@Controller()
class BackController {
  @Get('/go') get(@Req() request: HttpRequest) {
    return redirectBack(request, '/fallback');
  }
  @Post('/go') post(@Req() request: HttpRequest) {
    return redirectBack(request, '/fallback');
  }
}

const app = defineApp({ controllers: [BackController], publicOrigin: 'https://example.com' });

const back = (rule: string, next: string, location: string): Row => ({
  rule,
  target: `/go?next=${encodeURIComponent(next)}`,
  status: 303,
  replyHeaders: { location },
});

const from = (rule: string, referer: string | undefined, location: string, target = '/go'): Row => ({
  rule,
  method: 'POST',
  target,
  headers: referer === undefined ? {} : { referer },
  status: 303,
  replyHeaders: { location },
});

runRows(app, [
  back('the way back is in next', '/a/b?c=d', '/a/b?c=d'),
  back('it may have a fragment', '/a#b', '/a#b'),
  back('it may be absolute, of the same origin', 'https://example.com/a', '/a'),
  back('what a URL cannot have is escaped', '/ä b', '/%C3%A4%20b'),
  back('a query may name other origins', '/a?to=https://evil.example/', '/a?to=https://evil.example/'),
  { rule: 'no next: the fallback', target: '/go', status: 303, replyHeaders: { location: '/fallback' } },
  ...[
    '',
    'a',
    '?a',
    '#a',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/a/..//evil.example',
    '/a/%2e%2e//evil.example',
    'https://evil.example/',
    'HTTPS://evil.example/',
    'https:evil.example',
    'https:/evil.example',
    'https:\\\\evil.example',
    'http://example.com/',
    'https://example.com:444/',
    'https://example.com.evil.example/',
    'https://example.com@evil.example/',
    'https://evil.example\\@example.com/',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'mailto:a@b',
    'blob:https://example.com/x',
  ].map((next) => back(`${JSON.stringify(next)} does not lead into the app: the fallback`, next, '/fallback')),
  {
    rule: 'of two next the first counts',
    target: '/go?next=%2F%2Fevil.example&next=%2Fa',
    // It keeps the last of repeated values.
    lostIn: ['alb'],
    status: 303,
    replyHeaders: { location: '/fallback' },
  },

  from('a form leads back to its page', 'https://example.com/page?x=1', '/page?x=1'),
  from('next comes before the page', 'https://example.com/page', '/a', '/go?next=%2Fa'),
  from('a page with a next of its own leads there', 'https://example.com/go?next=%2Fa', '/a'),
  from('even another page', 'https://example.com/login?next=%2Fa', '/a'),
  from('a form that is sent to its own page has no other', 'https://example.com/go?x=1', '/fallback'),
  from('a next of the page that leads elsewhere', 'https://example.com/go?next=%2F%2Fevil.example', '/fallback'),
  from('a page of another origin', 'https://evil.example/page', '/fallback'),
  from('a page of another scheme', 'http://example.com/page', '/fallback'),
  from('a page of two slashes', 'https://example.com//evil.example', '/fallback'),
  from('no Referer', undefined, '/fallback'),
  from('a Referer that is no URL', 'about:blank', '/fallback'),
  from('a relative one', '/page', '/fallback'),
  {
    rule: 'what only reads goes by next alone: a page that redirects back to itself would never end',
    target: '/go',
    headers: { referer: 'https://example.com/page' },
    status: 303,
    replyHeaders: { location: '/fallback' },
  },
]);
