import { spawn } from 'node:child_process';

/** The commands that open an address in the user's browser. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', '""'],
};

/** Opens an address in the command of the environment variable BROWSER, else in the user's browser. */
export function openBrowser(url: string): void {
  const [command, ...args] = process.env['BROWSER']
    ? [process.env['BROWSER']]
    : (OPENERS[process.platform] ?? ['xdg-open']);
  const browser = spawn(command!, [...args, url], { stdio: 'ignore', detached: true });
  browser.once('error', () => console.error(`No browser could be started. Open ${url} yourself.`));
  browser.unref();
}
