/** `twodoors` sets this in the processes in which it runs an app itself. */
const COMMAND = Symbol.for('twodoors.command');

/**
 * Which part of the `twodoors` command runs the app: `build` loads it only to see whether it loads, on a machine that may
 * not have the app's secrets; `local` runs it as a Lambda function on a developer's machine. Undefined anywhere else.
 */
export function runningCommand(): 'build' | 'local' | undefined {
  return (globalThis as { [COMMAND]?: 'build' | 'local' })[COMMAND];
}
