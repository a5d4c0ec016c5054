// Loads a bundle, in a process or a thread of its own, and replies to events that its parent sends:
// `{ handler, event }[]`, in their order, or all at once. Sends back each result as text, or what was thrown, and what was
// logged meanwhile.
const { join } = require('node:path');
const { parentPort } = require('node:worker_threads');

const [, , folder] = process.argv;
const parent = parentPort ?? process;
const send = (message) => (parentPort === null ? process.send(message) : parentPort.postMessage(message));
let logged = [];
console.error = (...values) => logged.push(values.map(String).join(' '));

const taken = () => {
  const before = logged;
  logged = [];
  return before;
};

let loaded;
let mistakes;
try {
  loaded = require(join(folder, 'index.js'));
} catch (error) {
  mistakes = String(error.message);
}

const context = () => ({ awsRequestId: 'id', getRemainingTimeInMillis: () => 30_000 });

async function reply({ handler = 0, event }) {
  try {
    const handle = handler === 0 ? loaded.handler : loaded.handlers[handler];
    return JSON.stringify((await handle(event, context())) ?? null);
  } catch (error) {
    return `thrown ${error?.name}: ${error?.message}`;
  }
}

async function replyInOrder(calls) {
  const replies = [];
  for (const call of calls) replies.push(await reply(call));
  return replies;
}

parent.on('message', async ({ calls, isTogether }) => {
  const replies = loaded === undefined ? [] : await (isTogether ? Promise.all(calls.map(reply)) : replyInOrder(calls));
  send({
    mistakes,
    replies,
    logged: taken(),
    files: Object.keys(require.cache).map((file) => file.slice(file.lastIndexOf('/') + 1)),
    constructed: globalThis.constructed,
  });
});
