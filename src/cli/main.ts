#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Argument, Command } from 'commander';
import { BuildError } from './build-error.js';
import { BOOTSTRAPS, type Door, openProject } from './project.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = new Command('twodoors')
  .description('Builds and runs an app behind its two doors: a Koa server and an AWS Lambda handler.')
  .version(version);

program
  .command('dev')
  .description('run the server, and restart it on every change below src')
  .action(async () => {
    const { dev } = await import('./dev.js');
    await dev(openProject(process.cwd()));
  });

program
  .command('start')
  .description('build the server and run it')
  .action(async () => {
    const { start } = await import('./start.js');
    await start(openProject(process.cwd()));
  });

program
  .command('build')
  .addArgument(new Argument('[door]', 'the door to build (default: all)').choices(Object.keys(BOOTSTRAPS)))
  .description('build the server to build/koa, and the Lambda function to build/lambda and build/lambda.zip')
  .option('--views <folders...>', 'the folders of views to build in (default: src/views)')
  .action(async (door: Door | undefined, { views }: { views?: string[] }) => {
    const { build } = await import('./build.js');
    await build(openProject(process.cwd(), views), door);
  });

program
  .command('parity')
  .argument('<app>', 'the module that exports the app, such as src/app.ts')
  .argument('<requests>', 'the requests: a .http file as editors use them, or a .har')
  .description('send requests through every door, and compare the answers')
  .action(async (app: string, requests: string) => {
    const { parity } = await import('./parity.js');
    if (!(await parity(openProject(process.cwd()), app, requests))) process.exitCode = 1;
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
