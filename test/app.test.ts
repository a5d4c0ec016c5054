import { app } from '../src/app.js';
import { type Row, runRows } from './contract/run-rows.js';

const json = { 'content-type': 'application/json' };
const HOUSE = 'principal=250000&rate=3.9&years=30';

/** A form with one file, as a browser sends it. */
function upload(content: string, type = 'text/csv') {
  const head = `--x\r\nContent-Disposition: form-data; name="loans"; filename="loans.csv"\r\nContent-Type: ${type}\r\n\r\n`;
  return {
    method: 'POST',
    target: '/api/loans/quotes',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
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
    rule: 'the page has a form',
    target: '/',
    reply: expect.stringMatching(/<form action="\/" method="get">[\s\S]*name="principal"[\s\S]*value="250000"/),
    replyHeaders: { 'content-type': 'text/html; charset=utf-8' },
  },
  {
    rule: 'the form shows the result and keeps the values that were entered',
    target: '/?principal=1000&rate=12&years=1&utm_source=mail',
    reply: expect.stringMatching(
      /value="1000"[\s\S]*<h2 id="result">1,000\.00 over 1 year at 12&nbsp;%[\s\S]*>88\.85</,
    ),
  },
  {
    rule: 'the form refuses values that are out of range',
    target: '/?principal=0&rate=101&years=1.5',
    status: 400,
    includes: { detail: expect.stringMatching(/principal must.*rate must.*years must/) },
  },
  {
    rule: 'the form requires all three values',
    target: '/?principal=1',
    status: 400,
    includes: { detail: 'principal, rate and years are all required' },
  },
];

runRows(app, rows);
