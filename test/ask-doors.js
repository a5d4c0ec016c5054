// Builds projects and asks each through every door that it has, outside of Jest's realm.
// Reads lines of `{ root, requests }[]` as JSON, bodies in base64; for each line, it writes a line of what every door of each
// project replied, or why it did not. It ends when there are no more lines.
import { createRequire } from 'node:module';
import { Server } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const dist = (path) => import(new URL(`../dist/${path}`, import.meta.url).href);
const { buildFunction, buildServer } = await dist('cli/bundle/build-doors.js');
const { appFolders } = await dist('cli/bundle/server/app-folders.js');
const { functionSettings } = await dist('cli/config/function-settings.js');
const { openProject } = await dist('cli/project/project.js');
const { sendOverSocket } = await dist('runtime/testing/socket-client.js');
const { doorNames, openGatewayDoor } = await dist('runtime/testing/index.js');

const write = process.stdout.write.bind(process.stdout);
// What the examples log is no reply.
console.log = () => {};
console.error = () => {};
// A server that cannot start ends its process; here it is one of many.
process.exit = () => {
  throw new Error('The server ended instead of listening.');
};

/** Starts a built server, and gives the port that it listens on, whatever the server itself says. */
async function startServer(root) {
  // Views are read below the working directory.
  process.chdir(root);
  const { listen } = Server.prototype;
  const port = new Promise((resolve) => {
    Server.prototype.listen = function (...args) {
      this.once('listening', () => resolve(this.address().port));
      return listen.apply(this, args);
    };
  });
  try {
    await import(pathToFileURL(join(root, 'build/koa/index.js')).href);
    return await port;
  } finally {
    Server.prototype.listen = listen;
  }
}

/** Builds both doors as the command does. It has no use for a zip, and loads the function anyway. */
async function build(root) {
  const project = openProject(root);
  await buildServer(project, { hasPackages: true, folders: await appFolders(project) });
  await buildFunction(project, functionSettings({}, project.name));
}

async function ask(root, requests) {
  await build(root);
  const port = await startServer(root);
  const { handler } = createRequire(import.meta.url)(join(root, 'build/lambda/index.js'));
  const replies = {};
  for (const name of doorNames) {
    const send =
      name === 'koa'
        ? (request) => sendOverSocket(port, request)
        : (request) => openGatewayDoor(name, handler).send(request);
    replies[name] = [];
    for (const request of requests) {
      const { body, ...reply } = await send({ ...request, body: Buffer.from(request.body, 'base64') });
      replies[name].push({ ...reply, body: Buffer.from(body).toString('base64') });
    }
  }
  return replies;
}

for await (const line of createInterface({ input: process.stdin })) {
  const outcomes = [];
  for (const { root, requests } of JSON.parse(line)) {
    outcomes.push(await ask(root, requests).catch((error) => ({ error: error.stack })));
  }
  write(`${JSON.stringify(outcomes)}\n`);
}
// The servers still listen.
process.kill(process.pid, 'SIGKILL');
