import { CommandError } from '../command-error.js';
import type { Config } from './config.js';
import { type FunctionSettings, functionSettings } from './function-settings.js';
import { CONFIG_FILE } from './load-config.js';

/** Each stage of a config, in its order; for a config without stages the only deployment. */
export function stagesOf(config: Config, packageName: string): FunctionSettings[] {
  const names = Object.keys(config.lambda?.stages ?? {});
  if (names.length === 0) return [functionSettings(config, packageName)];
  return names.map((name) => functionSettings(config, packageName, name));
}

/**
 * Finds a stage by its name.
 *
 * @throws CommandError if there is no such stage, with those that there are
 */
function findStage(stages: readonly FunctionSettings[], name: string): FunctionSettings {
  const found = stages.find(({ stage }) => stage === name);
  if (found !== undefined) return found;
  const names = stages.map(({ stage }) => stage).filter((stage) => stage !== undefined);
  throw new CommandError(
    names.length === 0
      ? `--stage ${name} needs "lambda.stages" in ${CONFIG_FILE}, such as stages: { dev: {}, prod: {} }.`
      : `There is no stage ${JSON.stringify(name)}. The stages in ${CONFIG_FILE} are ${names.join(', ')}.`,
  );
}

/**
 * The settings of a stage; of the only deployment without one.
 *
 * @throws CommandError if there is no such stage
 */
export function settingsOf(config: Config, packageName: string, stage: string | undefined): FunctionSettings {
  return stage === undefined ? functionSettings(config, packageName) : findStage(stagesOf(config, packageName), stage);
}
