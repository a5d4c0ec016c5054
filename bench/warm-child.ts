// Repeats one kind of request or call, in a process that does nothing else. Prints, by its mode:
//   check: the reply of a handler to each of the events
//   time:  nanoseconds a request, the median of batches, after a warm-up
//   part:  the same of a function that need not be asynchronous
//   bytes: bytes allocated a request; needs --expose-gc and a young generation that holds them all
import { createContext, replyOf } from './events.js';
import { median } from './statistics.js';

const [mode, file, given] = process.argv.slice(2) as ['check' | 'time' | 'part' | 'bytes', string, string];
const { events, milliseconds } = JSON.parse(given) as { events: readonly unknown[]; milliseconds: number };
const { handler, run } = require(file) as {
  handler: (event: unknown, context: unknown, callback: () => void) => Promise<unknown>;
  run: (input: unknown) => unknown;
};
const context = createContext();
const nothing = () => {};
const now = () => Number(process.hrtime.bigint());

type Batch = (size: number) => Promise<void>;

const requests: Batch = async (size) => {
  for (let i = 0; i < size; i++) await handler(events[i % events.length], context, nothing);
};

const calls: Batch = async (size) => {
  for (let i = 0; i < size; i++) {
    const result = run(events[i % events.length]);
    if (result instanceof Promise) await result;
  }
};

const WARM = 10_000;

/** Ten thousand: with fewer, handlers built on the fetch globals still get faster from one request to the next. */
async function warmUp(batch: Batch): Promise<number> {
  let last = 0;
  const end = now() + 3e9;
  for (let i = 0; i < WARM && now() < end; i += 500) {
    const begin = now();
    await batch(500);
    last = (now() - begin) / 500;
  }
  return last;
}

async function time(batch: Batch): Promise<number> {
  // A batch takes some 5 ms, so that reading the clock does not count.
  const size = Math.max(64, Math.round(5e6 / (await warmUp(batch))));
  const each: number[] = [];
  const end = now() + milliseconds * 1e6;
  do {
    const begin = now();
    await batch(size);
    each.push((now() - begin) / size);
  } while (now() < end);
  return median(each);
}

async function bytes(): Promise<number> {
  const collect = (globalThis as { gc?: () => void }).gc!;
  await requests(3000);
  const samples: number[] = [];
  for (let round = 0; round < 5; round++) {
    collect();
    const before = process.memoryUsage().heapUsed;
    await requests(512);
    samples.push((process.memoryUsage().heapUsed - before) / 512);
  }
  return median(samples);
}

async function check(): Promise<unknown> {
  const replies = [];
  for (const event of events) replies.push(replyOf(await handler(event, context, nothing)));
  return replies;
}

const MODES = { check, bytes, time: () => time(requests), part: () => time(calls) };

MODES[mode]().then((result) => process.stdout.write(JSON.stringify(result), () => process.exit()));
