import { Command } from 'commander';
import { functionSettings } from '../config/function-settings.js';
import { openConfigured } from '../config/load-config.js';
import type { RuntimeName } from '../local-lambda/function/runtime-command.js';
import { runtimeOption } from '../options/runtime-option.js';
import { fileEnvironment } from '../project/env-file.js';

interface InvokeFlags {
  readonly runtime: RuntimeName;
}

/** `twodoors invoke` */
export const command = new Command('invoke')
  .argument('<event>', 'the file with the event, as JSON; - reads the standard input')
  .description('build the Lambda function, invoke it once in a local Lambda, and print its result')
  .addOption(runtimeOption())
  .action(runInvoke);

async function runInvoke(event: string, { runtime }: InvokeFlags): Promise<void> {
  const { invoke } = await import('../local-lambda/invoke.js');
  const { project, config } = await openConfigured(process.cwd());
  const settings = functionSettings(config, project.name);
  const isSuccess = await invoke(project, event, { runtime, settings, environment: fileEnvironment(project) });
  if (!isSuccess) process.exitCode = 1;
}
