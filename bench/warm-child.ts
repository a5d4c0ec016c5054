// Answers events one after another in a process that does nothing else.
//   check: what the handler answers to each of the events
//   time:  nanoseconds a request, the median of batches, after a warm-up
//   bytes: bytes allocated a request; needs --expose-gc and a young generation that holds them all
import { answeredOf, createContext } from './events.js';
import { median } from './statistics.js';

type Handler = (event: unknown, context: unknown, callback: () => void) => Promise<unknown>;

const [mode, file, given] = process.argv.slice(2) as ['check' | 'time' | 'bytes', string, string];
const { events, milliseconds } = JSON.parse(given) as { events: readonly unknown[]; milliseconds: number };
const { handler } = require(file) as { handler: Handler };
const context = createContext();
const nothing = () => {};

const batch = async (size: number) => {
  for (let i = 0; i < size; i++) await handler(events[i % events.length], context, nothing);
};
const now = () => Number(process.hrtime.bigint());

/** Answers as many as fit into the time, in batches, and gives the nanoseconds of one, batch by batch. */
async function timed(nanoseconds: number, size: number): Promise<number[]> {
  const each: number[] = [];
  const end = now() + nanoseconds;
  do {
    const begin = now();
    await batch(size);
    each.push((now() - begin) / size);
  } while (now() < end);
  return each;
}

async function time(): Promise<number> {
  const warmUp = await timed(milliseconds * 0.5e6, 64);
  // A batch takes some 5 ms, so that reading the clock does not count.
  const size = Math.max(64, Math.round(5e6 / median(warmUp.slice(-Math.ceil(warmUp.length / 4)))));
  return median(await timed(milliseconds * 1e6, size));
}

async function bytes(): Promise<number> {
  const collect = (globalThis as { gc?: () => void }).gc!;
  await batch(3000);
  const samples: number[] = [];
  for (let round = 0; round < 5; round++) {
    collect();
    const before = process.memoryUsage().heapUsed;
    await batch(512);
    samples.push((process.memoryUsage().heapUsed - before) / 512);
  }
  return median(samples);
}

const run = async () => {
  if (mode === 'check') {
    const answered = [];
    for (const event of events) answered.push(answeredOf(await handler(event, context, nothing)));
    return answered;
  }
  return mode === 'time' ? time() : bytes();
};

run().then((result) => process.stdout.write(JSON.stringify(result), () => process.exit()));
