import { type Door, openDoor, type TestClient } from 'twodoors/testing';
import { app } from '../src/app.js';
import { addUser } from '../src/users.js';

process.env.DATABASE_FOLDER = 'memory://';
process.env.PASSWORD_COST = '4';

/** A PNG of one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe.each(['koa', 'http'] as const)('the blog, at the door %s', (name) => {
  let door: Door;
  let ada: TestClient;
  let ben: TestClient;
  beforeAll(async () => {
    door = await openDoor(app, name);
    // The door opens the database at the first request.
    await door.request('/');
    await addUser('ada', 'pw');
    await addUser('ben', 'pw');
    ada = await door.client().as(1);
    ben = await door.client().as(2);
  });
  afterAll(() => door.close());

  const write = async (values: Record<string, unknown>) => {
    await ada.open('/create');
    return ada.submit('Save', values as Record<string, string>);
  };
  const basic = { authorization: `Basic ${Buffer.from('ada:pw').toString('base64')}` };

  test('an author writes, changes and deletes a post', async () => {
    expect((await write({ Title: 'First', Body: 'of all' })).text()).toContain('<h2>First</h2>');
    await ada.open('/1/update');
    const saved = await ada.submit('Save', { Title: 'Changed <b>' });
    expect(saved.url).toBe('/');
    expect(saved.text()).toMatch(/Saved\.[\s\S]*Changed &lt;b&gt;[\s\S]*of all/);
    await ada.open('/1/update');
    expect((await ada.submit('Delete')).text()).toContain('No posts yet.');
  });

  test('a post needs a title, and keeps what was typed', async () => {
    const page = await write({ Title: '', Body: 'kept' });
    expect([page.status, page.text()]).toEqual([422, expect.stringMatching(/Title is required\.[\s\S]*kept/)]);
  });

  test('nobody changes the post of another, or one that is not there', async () => {
    await write({ Title: 'Mine' });
    const form = { title: 'Yours', body: '' };
    expect((await ben.request('/2/update')).status).toBe(403);
    expect((await ben.request('/2/update', { form })).status).toBe(403);
    expect((await ben.request('/2/delete', { form: {} })).status).toBe(403);
    expect((await ben.request('/7/update')).status).toBe(404);
    expect((await ben.request('/9999999999/delete', { form: {} })).status).toBe(404);
    expect((await ben.open('/')).text()).not.toContain('Edit');
  });

  test('an image has the type of its bytes, and a size', async () => {
    await write({ Title: 'Pixel', Image: { filename: 'a.txt', contentType: 'text/html', content: PNG } });
    const image = await door.request('/3/image');
    expect([image.headers['content-type'], Buffer.from(image.body).equals(PNG)]).toEqual(['image/png', true]);
    const page = { filename: 'a.png', contentType: 'image/png', content: '<script>' };
    expect((await write({ Title: 'Script', Image: page })).text()).toContain('must be a PNG, JPEG, GIF or WebP');
    const large = {
      filename: 'a.png',
      contentType: 'image/png',
      content: Buffer.concat([PNG, Buffer.alloc(1_000_000)]),
    };
    expect((await write({ Title: 'Large', Image: large })).status).toBe(422);
    expect((await door.request('/2/image')).status).toBe(404);
  });

  test('the same posts are there as JSON', async () => {
    const json = { title: 'From a script', body: 'äöü' };
    expect((await door.request('/api/posts', { json })).status).toBe(401);
    const made = await door.request('/api/posts', { json, headers: basic });
    expect(made.status).toBe(201);
    expect(made.json()).toMatchObject({ ...json, username: 'ada', has_image: false });
    const { id } = made.json() as { id: number };
    const changed = await door.request(`/api/posts/${id}`, {
      method: 'PUT',
      json: { ...json, body: '=1+1' },
      headers: basic,
    });
    expect(changed.json()).toMatchObject({ id, body: '=1+1' });
    expect((await ben.request(`/api/posts/${id}`, { method: 'DELETE' })).status).toBe(403);
    expect((await door.request('/api/posts/77')).status).toBe(404);
    expect((await door.request('/api/posts', { json: { title: '' }, headers: basic })).status).toBe(400);
    const pixel = (await door.request('/api/posts?q=pixel')).json();
    expect(pixel).toMatchObject({ posts: [{ title: 'Pixel', has_image: true }], hasMore: false });
  });

  test('CSV has what matches, without formulas', async () => {
    const { headers, ...csv } = await door.request('/posts.csv?q=SCRIPT');
    expect(headers['content-disposition']).toBe('attachment; filename="posts.csv"');
    expect(csv.text()).toMatch(
      /^"id","created","username","title","body"\r\n"\d+","[^"]+Z","ada","From a script","'=1\+1"\r\n$/,
    );
  });

  test('lists have pages, and are searched', async () => {
    for (let n = 1; n <= 11; n++)
      await door.request('/api/posts', { json: { title: `Many ${n}`, body: '100%' }, headers: basic });
    expect((await door.request('/api/posts?q=many')).json()).toMatchObject({ hasMore: true });
    const last = (await door.request('/api/posts?q=many&page=2')).json();
    expect(last).toMatchObject({ posts: [{ title: 'Many 1' }], hasMore: false });
    const page = await door.client().open('/?q=0%25&page=2');
    expect(page.text()).toMatch(/<h2>Many 1<\/h2>[\s\S]*href="\/\?q=0%25&amp;page=1">Newer/);
    expect((await door.client().open('/?q=nothing')).text()).toContain('No post contains this text.');
    expect((await door.request('/?page=0')).status).toBe(400);
    expect((await door.request('/?q=%00')).status).toBe(400);
  });
});
