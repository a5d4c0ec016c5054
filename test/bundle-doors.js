// Bundles doors of projects, outside of Jest's realm, in which the bundler does not run.
// Reads lines of `{ roots, door, options }` as JSON; for each line, it writes a line of what the bundler made of each project,
// files in base64, or what it threw.
import { createInterface } from 'node:readline';

const dist = (path) => import(new URL(`../dist/cli/${path}`, import.meta.url).href);
const { bundleLambda } = await dist('bundle/bundle-lambda.js');
const { bundleServer } = await dist('bundle/bundle-server.js');
const { openProject } = await dist('project/project.js');

for await (const line of createInterface({ input: process.stdin })) {
  const { roots, door, options } = JSON.parse(line);
  const bundleDoor = door === 'lambda' ? bundleLambda : bundleServer;
  const results = [];
  for (const root of roots) {
    try {
      const { files, ...rest } = await bundleDoor(openProject(root), options);
      results.push({
        files: [...files].map(([name, content]) => [name, Buffer.from(content).toString('base64')]),
        ...rest,
      });
    } catch ({ name, message }) {
      results.push({ error: { name, message } });
    }
  }
  process.stdout.write(`${JSON.stringify(results)}\n`);
}
