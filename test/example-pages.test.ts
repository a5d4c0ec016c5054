import { Controller, defineApp, Get } from 'twodoors';
import { type Door, doorNames, inject, openDoor, type TestClient } from 'twodoors/testing';
import { app } from '../src/app.js';

// What a visitor of the example does over several pages, through each door.

const VALUES = { Amount: 1000, 'Interest per year, %': 12, Years: 1 };
const FILE = { filename: 'loans.csv', contentType: 'text/csv', content: 'principal,rate,years\n1000,12,1\n' };

/** The text of a page, without its tags. */
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

describe.each(doorNames.map((name) => ({ name })))('$name', ({ name }) => {
  let door: Door;
  let client: TestClient;
  beforeAll(async () => {
    door = await openDoor(app, name);
  });
  beforeEach(() => {
    client = door.client();
  });
  afterAll(() => door.close());

  /** Calculates a loan and saves its quote. */
  async function save(values: Readonly<Record<string, number>>) {
    await client.open('/');
    await client.submit('Calculate', values);
    return client.submit('Save to compare');
  }

  test('a wrong form is mended where it stands, and leads to the quote', async () => {
    await client.open('/');
    const wrong = await client.submit('Calculate', { ...VALUES, Years: 'ten' });
    expect([wrong.status, wrong.url]).toEqual([422, '/']);
    const quote = await client.submit('Calculate', { Years: 10 });
    expect([quote.status, quote.url]).toEqual([200, '/quote?principal=1000&rate=12&years=10']);
    expect(textOf(quote.text())).toContain('1,000.00 over 10 years at 12 %');
  });

  test('nothing is in a session before a visitor saves something', async () => {
    await client.open('/');
    await client.submit('Calculate', VALUES);
    await client.open('/saved');
    expect(client.cookies).toEqual([]);
  });

  test('quotes are saved, compared and removed', async () => {
    const first = await save(VALUES);
    expect([first.url, first.headers['cache-control']]).toEqual(['/saved', 'private, no-cache']);
    expect(textOf(first.text())).toMatch(/The quote is saved\. Saved quotes .* 1,000\.00 12 % 1 88\.85 66\.19 Remove/);
    // One quote has nothing to be compared with.
    expect(first.text()).not.toContain('least</small>');
    const both = await save({ ...VALUES, 'Interest per year, %': 6 });
    expect(textOf(both.text())).toMatch(/12 % 1 88\.85 66\.19 Remove 1,000\.00 6 % 1 86\.07 32\.80 least/);
    expect((await save(VALUES)).text().match(/<th scope="row">/g)).toHaveLength(2);
    expect(await client.session()).toMatchObject({
      saved: [
        { principal: 1000, rate: 6, years: 1 },
        { principal: 1000, rate: 12, years: 1 },
      ],
    });
    expect(textOf((await client.open('/saved')).text())).not.toContain('The quote is saved.');
    const removed = await client.request('/saved/1/remove', { method: 'POST' });
    expect(textOf(removed.text())).toContain('The quote is removed.');
    expect((await client.session())['saved']).toEqual([{ principal: 1000, rate: 12, years: 1 }]);
    expect((await client.request('/saved/9/remove', { method: 'POST' })).status).toBe(404);
  });

  test('a session holds ten quotes, the oldest go', async () => {
    for (let years = 1; years <= 11; years++) {
      await client.request('/saved', { form: { principal: '1000000000', rate: '33.333333333333', years: `${years}` } });
    }
    const { saved } = (await client.session()) as { saved: { years: number }[] };
    expect(saved.map(({ years }) => years)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  test('a file of loans is quoted after its mistakes are mended', async () => {
    await client.open('/');
    const wrong = await client.submit('Calculate all', { 'CSV file': { ...FILE, content: `${FILE.content}1,x,1\n` } });
    expect([wrong.status, textOf(wrong.text())]).toEqual([
      422,
      expect.stringContaining('row 3: must be three numbers'),
    ]);
    const page = await client.submit('Calculate all', { 'CSV file': FILE });
    expect([page.status, textOf(page.text())]).toEqual([200, expect.stringContaining('1,000.00 12 % 1 88.85 66.19')]);
  });

  test('a visitor signs in on the way to a page, and sees what others do not', async () => {
    expect((await client.open('/account')).url).toBe('/login?next=%2Faccount');
    const wrong = await client.submit('Sign in', { Name: 'demo', Password: 'open barley' });
    expect([wrong.status, wrong.url]).toEqual([422, '/login?next=%2Faccount']);
    const account = await client.submit('Sign in', { Password: 'open sesame' });
    expect([account.url, textOf(account.text())]).toEqual(['/account', expect.stringContaining('Your loan, demo')]);
    expect((await door.client().open('/account')).url).toBe('/login?next=%2Faccount');
    expect((await client.submit('Sign out')).url).toBe('/');
    expect((await client.open('/account')).url).toBe('/login?next=%2Faccount');
  });

  test('quotes that were saved before are there after signing in', async () => {
    await save(VALUES);
    await client.open('/login');
    await client.submit('Sign in', { Name: 'demo', Password: 'open sesame' });
    expect(await client.session()).toMatchObject({ saved: [{ principal: 1000, rate: 12, years: 1 }] });
  });

  test('a session that was changed by its owner is none', async () => {
    await client.as(1);
    const [cookie] = client.cookies;
    const forged = `${cookie!.name}=${cookie!.value.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`;
    const accept = 'text/html';
    expect((await door.request('/account', { headers: { cookie: forged, accept } })).status).toBe(303);
    expect(
      (await door.request('/account', { headers: { cookie: `${cookie!.name}=${cookie!.value}`, accept } })).status,
    ).toBe(200);
  });
});

test('a bug is a page that names the request and not the bug', async () => {
  @Controller()
  class BrokenController {
    @Get('/broken') broken() {
      throw new Error('in a controller');
    }
  }
  const { controllers } = app.options;
  const broken = defineApp({ ...app.options, controllers: [...controllers, BrokenController], log: () => {} });
  const { status, text } = await inject(broken, '/broken', { headers: { accept: 'text/html' } });
  expect(status).toBe(500);
  expect(text()).toMatch(/<h1>Something went wrong<\/h1>[\s\S]*in our log as <code>[^<]+<\/code>/);
  expect(text()).not.toContain('in a controller');
});
