import { app } from '../src/app.js';
import { type Row, runRows } from './contract/run-rows.js';

const json = { 'content-type': 'application/json' };
const HOUSE = 'principal=250000&rate=3.9&years=30';

/** What a browser accepts when it opens a page or sends a form. */
const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const PAGE = { 'content-type': 'text/html; charset=utf-8' };
const MULTIPART = { 'content-type': 'multipart/form-data; boundary=x' };

/** A form with one file, as a browser sends it. */
function upload(content: string, type = 'text/csv', target = '/api/loans/quotes') {
  const head = `--x\r\nContent-Disposition: form-data; name="loans"; filename="loans.csv"\r\nContent-Type: ${type}\r\n\r\n`;
  return {
    method: 'POST',
    target,
    headers: MULTIPART,
    body: `${head}${content}\r\n--x--\r\n`,
  };
}

const OFFERS = [
  { lender: 'Dear', principal: 1000, rate: 12, years: 1 },
  { lender: 'Cheap', principal: 1000, rate: 0, years: 1 },
];

const rows: Row[] = [
  {
    rule: 'offers are ranked by their total cost',
    target: '/api/loans/compare',
    json: { borrower: { name: 'Ada' }, offers: OFFERS },
    includes: {
      borrower: 'Ada',
      offers: [
        { rank: 1, lender: 'Cheap', totalInterest: 0 },
        { rank: 2, lender: 'Dear', totalInterest: 66.19 },
      ],
    },
  },
  {
    rule: 'each mistake in an offer is reported with its path',
    target: '/api/loans/compare',
    json: { borrower: { email: 'ada' }, offers: [OFFERS[0], { ...OFFERS[1], years: 0 }] },
    status: 400,
    includes: { errors: [{ path: 'borrower.name' }, { path: 'borrower.email' }, { path: 'offers[1].years' }] },
  },
  {
    rule: 'a comparison of a single offer is a 400',
    target: '/api/loans/compare',
    json: { borrower: { name: 'Ada' }, offers: [OFFERS[0]] },
    status: 400,
    includes: { errors: [{ path: 'offers' }] },
  },
  {
    rule: 'an uploaded file of loans is read',
    ...upload('\ufeffprincipal, rate,years\r\n1000,12,1\r\n\r\n250000,3.9,30\n'),
    includes: { file: 'loans.csv', quotes: [{ monthlyPayment: 88.85 }, { monthlyPayment: 1179.17 }] },
  },
  {
    rule: 'rows of a file that are not loans are reported by their number',
    ...upload('principal,rate,years\n1000,12,1\n1000,twelve,1\n0,1,1'),
    status: 400,
    includes: { detail: expect.stringMatching(/^row 3: must be three numbers; row 4: .*principal must be/) },
  },
  {
    rule: 'a file without its heading line is a 400',
    ...upload('1000,12,1'),
    status: 400,
    includes: { detail: 'The first line of the file must be principal,rate,years' },
  },
  {
    rule: 'an image in place of a file of loans is a 400',
    ...upload('x', 'image/png'),
    status: 400,
    includes: { errors: [{ path: 'loans' }] },
  },
  {
    rule: 'a payment gives the largest loan that it can repay',
    target: '/api/loans/affordable?payment=1179.17&rate=3.9&years=30',
    includes: { monthlyPayment: 1179.17, rate: 3.9, years: 30 },
  },
  {
    rule: 'a payment of one cent still gives a loan',
    target: '/api/loans/affordable?payment=0.01&rate=100&years=1',
    includes: { monthlyPayment: 0.01 },
  },
  {
    rule: 'a schema reports every mistake of a query',
    target: '/api/loans/affordable?payment=0&rate=x&years=1.5',
    status: 400,
    includes: { errors: [{ in: 'query', path: 'payment' }, { path: 'rate' }, { path: 'years' }] },
  },
  {
    rule: 'a quote is right to the cent',
    target: `/api/loans/quote?${HOUSE}`,
    reply: {
      principal: 250_000,
      rate: 3.9,
      years: 30,
      monthlyPayment: 1179.17,
      totalPaid: 424_501.58,
      totalInterest: 174_501.58,
    },
    replyHeaders: { 'content-type': 'application/json; charset=utf-8' },
  },
  {
    rule: 'a quote reports every mistake',
    target: '/api/loans/quote?principal=-1&rate=x&years=1000',
    status: 400,
    includes: { errors: [{ path: 'principal' }, { path: 'rate' }, { path: 'years' }] },
  },
  {
    rule: 'a quote without a principal is a 400',
    target: '/api/loans/quote?rate=3.9&years=30',
    status: 400,
    includes: { errors: [{ in: 'query', path: 'principal' }] },
  },
  {
    rule: 'a principal with a fraction of a cent is a 400',
    target: '/api/loans/quote?principal=0.015&rate=3.9&years=30',
    status: 400,
    includes: { errors: [{ path: 'principal' }] },
  },
  {
    rule: 'a schedule has every month',
    method: 'POST',
    target: '/api/loans/schedule',
    headers: json,
    body: '{"principal":1000,"rate":12,"years":1}',
    includes: {
      monthlyPayment: 88.85,
      schedule: expect.arrayContaining([
        { month: 1, payment: 88.85, principal: 78.85, interest: 10, balance: 921.15 },
        { month: 12, payment: 88.84, principal: 87.96, interest: 0.88, balance: 0 },
      ]),
    },
  },
  {
    rule: 'a schedule takes numbers, not strings',
    method: 'POST',
    target: '/api/loans/schedule',
    headers: json,
    body: '{"principal":"1000","rate":12,"years":1.5,"more":1}',
    status: 400,
    includes: { errors: [{ path: 'more' }, { path: 'principal' }, { path: 'years' }] },
  },
  {
    rule: 'a schedule can be downloaded as CSV',
    target: '/api/loans/schedule.csv?principal=100&rate=0&years=1',
    reply: expect.stringMatching(
      /^month,payment,principal,interest,balance\r\n1,8\.33,8\.33,0\.00,91\.67\r\n(?:.*\r\n){10}12,8\.37,8\.37,0\.00,0\.00\r\n$/,
    ),
    replyHeaders: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="schedule.csv"',
    },
  },
  {
    rule: 'the old address redirects to the new one',
    target: '/old-quote',
    status: 301,
    replyHeaders: { location: '/api/loans/quote' },
  },
  {
    rule: 'the old address keeps the query in its redirect',
    target: `/old-quote?${HOUSE}`,
    status: 301,
    replyHeaders: { location: `/api/loans/quote?${HOUSE}` },
  },
  {
    rule: 'the page has a form with an example, whose result is a page of its own',
    target: '/',
    headers: BROWSER,
    reply: expect.stringMatching(
      /<form class="fields" action="\/" method="post" novalidate>[\s\S]*name="principal" value="250000"[\s\S]*name="years" value="30"/,
    ),
    replyHeaders: { ...PAGE, 'set-cookie': undefined },
  },
  {
    rule: 'the form leads to the address of its quote',
    target: '/',
    headers: BROWSER,
    form: { principal: ' 1000 ', rate: '12', years: '1', utm_source: 'mail' },
    status: 303,
    replyHeaders: { location: '/quote?principal=1000&rate=12&years=1' },
  },
  {
    rule: 'a wrong form comes back with each mistake beside its field, and with what was typed',
    target: '/',
    headers: BROWSER,
    form: { principal: '1e3 <', rate: '101', years: '1.5' },
    status: 422,
    reply: expect.stringMatching(
      /<title>Please correct the form<\/title>[\s\S]*name="principal" value="1e3 &lt;"[^>]* aria-invalid="true" aria-describedby="([^"]+)"[\s\S]*id="\1"[^>]*>Enter an amount from 0\.01[\s\S]*value="101"[\s\S]*>Enter a rate from 0 to 100<[\s\S]*value="1\.5"[\s\S]*>Enter whole years, from 1 to 50</,
    ),
    replyHeaders: PAGE,
  },
  {
    rule: 'a field that is empty is a mistake, not the example of the page',
    target: '/',
    headers: BROWSER,
    form: { principal: '', rate: '3', years: '3' },
    status: 422,
    reply: expect.stringMatching(/name="principal" value=""[\s\S]*>Enter an amount/),
  },
  {
    rule: 'a client that prefers JSON gets the mistakes of the form as a problem',
    target: '/',
    headers: { accept: 'application/json' },
    form: { principal: '0', rate: '101', years: '1.5' },
    status: 400,
    includes: { errors: [{ path: 'principal' }, { path: 'rate' }, { path: 'years' }] },
  },
  {
    rule: 'a quote is a page with the costs, a bar for each year and every payment',
    target: '/quote?principal=1000&rate=12&years=1',
    headers: BROWSER,
    reply: expect.stringMatching(
      /<h1>1,000\.00 over 1 year at 12 %<\/h1>[\s\S]*>88\.85<[\s\S]*schedule\.csv\?principal=1000&amp;rate=12&amp;years=1[\s\S]*<title>Year 1: 1,000\.00 principal<\/title>[\s\S]*<title>Year 1: 66\.19 interest<\/title>[\s\S]*All 12 payments[\s\S]*<td>0\.88<\/td><td>0\.00<\/td>/,
    ),
    replyHeaders: PAGE,
  },
  {
    rule: 'a quote that is impossible is a page that says why',
    target: '/quote?principal=0&rate=x&years=1.5',
    headers: BROWSER,
    status: 400,
    reply: expect.stringMatching(/<li>Enter an amount[\s\S]*<li>[\s\S]*<li>Enter whole years/),
    replyHeaders: PAGE,
  },
  {
    rule: 'an address that does not exist is a page of the site for browsers',
    target: '/nowhere',
    headers: BROWSER,
    status: 404,
    reply: expect.stringMatching(/<link rel="stylesheet"[\s\S]*<h1>This page does not exist<\/h1>/),
    replyHeaders: PAGE,
  },
  {
    rule: 'an address that does not exist is a problem for others',
    target: '/nowhere',
    status: 404,
    includes: { status: 404 },
  },
  {
    rule: 'a file of loans becomes a page with a quote for each',
    ...upload('principal,rate,years\n1000,12,1\n250000,3.9,30\n', 'text/csv', '/file'),
    headers: { ...BROWSER, ...MULTIPART },
    reply: expect.stringMatching(/<h1>loans\.csv<\/h1>[\s\S]*>1,000\.00<\/a>[\s\S]*<td>88\.85<[\s\S]*<td>1,179\.17</),
    replyHeaders: PAGE,
  },
  {
    rule: 'the mistakes of a file are beside its field, and the other form is as it was',
    ...upload('principal,rate,years\n1000,twelve,1', 'text/csv', '/file'),
    headers: { ...BROWSER, ...MULTIPART },
    status: 422,
    reply: expect.stringMatching(
      /name="principal" value="250000" required[\s\S]*name="loans"[^>]* aria-invalid="true"[\s\S]*>row 2: must be three numbers</,
    ),
  },
  {
    rule: 'no file is a mistake of its field',
    target: '/file',
    headers: BROWSER,
    multipart: { loans: { filename: '', content: '' } },
    status: 422,
    reply: expect.stringMatching(/name="loans"[^>]* aria-invalid="true"/),
  },
  {
    rule: 'a form of another site is refused, with a page for the browser',
    target: '/saved',
    headers: { ...BROWSER, origin: 'https://evil.example' },
    form: { principal: '1000', rate: '12', years: '1' },
    status: 403,
    reply: expect.stringContaining('<h1>Forbidden</h1>'),
    replyHeaders: { 'set-cookie': undefined },
  },
  {
    rule: 'the page of an owner sends a stranger to the login, and back after it',
    target: '/account',
    headers: BROWSER,
    status: 303,
    replyHeaders: { location: '/login?next=%2Faccount' },
  },
  {
    rule: 'a client that prefers JSON gets a 401 in place of the login',
    target: '/account',
    headers: { accept: 'application/json' },
    status: 401,
    includes: { status: 401 },
  },
  {
    rule: 'the login page shows the account of the example',
    target: '/login',
    headers: BROWSER,
    reply: expect.stringMatching(/<code>demo<\/code>[\s\S]*<code>open sesame<\/code>[\s\S]*type="password"/),
  },
  {
    rule: 'a wrong password is a mistake, and is never sent back',
    target: '/login',
    headers: BROWSER,
    form: { name: 'demo', password: 'open barley' },
    status: 422,
    reply: expect.not.stringContaining('open barley'),
    replyHeaders: { 'set-cookie': undefined },
  },
  {
    rule: 'nobody learns which names exist',
    target: '/login',
    headers: BROWSER,
    form: { name: 'ali', password: 'open sesame' },
    status: 422,
    reply: expect.stringMatching(/name="name" value="ali"[\s\S]*>Name or password is wrong</),
  },
  {
    rule: 'pages say what they may load',
    target: '/',
    headers: BROWSER,
    replyHeaders: {
      'content-security-policy': expect.stringContaining("script-src 'self'") as unknown as string,
      'x-content-type-options': 'nosniff',
    },
  },
  {
    rule: 'the style sheet is a file',
    target: '/app.css',
    replyHeaders: { 'content-type': 'text/css; charset=utf-8' },
  },
  { rule: 'so is the icon', target: '/favicon.svg', replyHeaders: { 'content-type': 'image/svg+xml' } },
];

runRows(app, rows);
