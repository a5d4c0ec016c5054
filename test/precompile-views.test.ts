import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { precompileViews } from 'twodoors/build';
import { nunjucks } from 'twodoors/views';
import { REPOSITORY } from './source-files.js';
import { enterProject, leaveProject, removeViewProjects, writeView } from './view-projects.js';

// The module that an app of another bundler imports: see docs/views.md, and test/matrix for real bundlers.

afterEach(leaveProject);
afterAll(removeViewProjects);

test('the module makes nunjucks() render what was compiled, without its files', async () => {
  const root = enterProject({ 'a.html': '{% include "b.html" %}!', 'b.html': '{{ name }}' });
  writeView(root, 'c.html', 'of {{ name | loud }}', 'pages');
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(REPOSITORY, join(root, 'node_modules/twodoors'));
  const file = await precompileViews({ folders: ['src/views', './pages/'] });
  expect(file).toBe(join(root, 'build/views.js'));
  leaveProject();
  const filters = { loud: (text: string) => text.toUpperCase() };
  await import(file);
  expect(nunjucks().render('a.html', { name: '<b>' })).toBe('&lt;b&gt;!');
  expect(nunjucks().list?.()).toEqual(['a.html', 'b.html']);
  expect(nunjucks({ folder: 'pages', filters }).render('c.html', { name: 'Ada' })).toBe('of ADA');
  expect(nunjucks().findMistake('d.html')).toContain('d.html');
});

test('it names nothing of this machine, and is the same each time', async () => {
  const root = enterProject({ 'a.html': "{{ url_for('Todos.show') }}" });
  const [one, two] = [await precompileViews({ root, file: 'one.js' }), await precompileViews({ root, file: 'two.js' })];
  expect(readFileSync(one, 'utf8')).toBe(readFileSync(two, 'utf8'));
  expect(readFileSync(one, 'utf8')).not.toContain(root);
});

test.each([
  [
    'a folder that does not exist',
    { folders: ['pages'] },
    /there is no folder pages in .* precompileViews\(\{ folders/,
  ],
  ['views with mistakes', {}, /^These views cannot be built:\n {2}src\/views\/a\.html cannot be compiled: .*Line 1/],
])('an error for %s', async (_name, options, message) => {
  enterProject({ 'a.html': '{% if %}' });
  await expect(precompileViews(options)).rejects.toThrow(message);
});
