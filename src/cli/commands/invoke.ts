import { Command } from 'commander';
import { openConfigured } from '../config/load-config.js';
import { settingsOf } from '../config/stages.js';
import type { RuntimeName } from '../local-lambda/function/runtime-command.js';
import { runtimeOption } from '../options/runtime-option.js';
import { fileEnvironment } from '../project/env-file.js';

interface InvokeFlags {
  readonly stage?: string;
  readonly runtime: RuntimeName;
}

/** `twodoors invoke` */
export const command = new Command('invoke')
  .argument('<event>', 'the file with the event, as JSON; - reads the standard input')
  .description('build the Lambda function, invoke it once in a local Lambda, and print its result')
  .option('--stage <name>', 'the stage in lambda.stages whose settings and variables the function gets')
  .addOption(runtimeOption())
  .action(runInvoke);

async function runInvoke(event: string, { stage, runtime }: InvokeFlags): Promise<void> {
  const { invoke } = await import('../local-lambda/invoke.js');
  const { project, config } = await openConfigured(process.cwd());
  const settings = settingsOf(config, project.name, stage);
  const isSuccess = await invoke(project, event, { runtime, settings, environment: fileEnvironment(project) });
  if (!isSuccess) process.exitCode = 1;
}
