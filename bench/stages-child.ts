// Loads a bundled handler and handles one event, as cold-child does, and prints the time of each stage in milliseconds.
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';

const [file, given] = process.argv.slice(2) as [string, string];
const { event, context } = JSON.parse(given) as { event: unknown; context: Record<string, unknown> };
context['getRemainingTimeInMillis'] = () => 30_000;

type Handler = (...args: unknown[]) => Promise<unknown>;
type Wrapped = (exports: object, require: NodeJS.Require, module: object) => void;

const at = [process.hrtime.bigint()];
const mark = () => at.push(process.hrtime.bigint());
const code = readFileSync(file, 'utf8');
mark();
// What Node's own loader does: what is inside of functions is only looked through.
const run = new Script(`(function (exports, require, module) {${code}\n})`, {
  filename: file,
}).runInThisContext() as Wrapped;
mark();
const module_ = { exports: {} as { handler: Handler } };
run(module_.exports, require, module_);
mark();
module_.exports
  .handler(event, context, () => {})
  .then(() => {
    mark();
    const [read, compile, start, reply] = at.slice(1).map((time, i) => Number(time - at[i]!) / 1e6);
    process.stdout.write(JSON.stringify({ read, compile, start, reply }), () => process.exit());
  });
