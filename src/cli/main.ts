#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { CommandError } from './command-error.js';

/** Every command, in the order of `twodoors --help`. */
const COMMANDS = [
  import('./commands/new.js'),
  import('./commands/dev.js'),
  import('./commands/invoke.js'),
  import('./commands/start.js'),
  import('./commands/build.js'),
  import('./commands/routes.js'),
  import('./commands/doctor.js'),
  import('./commands/openapi.js'),
  import('./commands/parity.js'),
];

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = new Command('twodoors')
  .description('Build and run an app behind its two doors: a Koa server and an AWS Lambda handler.')
  .version(version, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .helpCommand('help [command]', 'print the help of a command');
for (const { command } of await Promise.all(COMMANDS)) {
  program.addCommand(command.helpOption('-h, --help', 'print this help'));
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
