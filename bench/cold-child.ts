// Loads a bundled handler and handles one event: a cold start without Node.js's own. Prints the milliseconds.
const [file, given] = process.argv.slice(2) as [string, string];
const { event, context } = JSON.parse(given) as { event: unknown; context: Record<string, unknown> };
context['getRemainingTimeInMillis'] = () => 30_000;

const begin = process.hrtime.bigint();
const { handler } = require(file) as { handler: (...args: unknown[]) => Promise<{ statusCode: number }> };
handler(event, context, () => {}).then(({ statusCode }) => {
  const ms = Number(process.hrtime.bigint() - begin) / 1e6;
  process.stdout.write(JSON.stringify({ ms, status: statusCode }), () => process.exit());
});
