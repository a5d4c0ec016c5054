import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { BundleFormat, Front } from '../config/config.js';
import { functionSettings } from '../config/function-settings.js';
import { openConfigured } from '../config/load-config.js';
import { IAC_TOOLS, type IacTool } from '../deploy/deployment.js';
import { BOOTSTRAPS, type Door } from '../project/project.js';

/** What `twodoors build` is told beside the door. */
interface BuildFlags {
  readonly views?: string[];
  readonly format?: BundleFormat;
  readonly external?: string[];
  readonly front?: Front;
  readonly iac?: IacTool;
  readonly force?: true;
  readonly report?: true | string;
  readonly verbose?: true;
}

/** `twodoors build`: its options go before those in twodoors.config.ts. */
export function buildCommand(): Command {
  return new Command('build')
    .description('build the server to build/koa, and the Lambda function to build/lambda and build/lambda.zip')
    .addArgument(new Argument('[door]', 'the door to build (default: all)').choices(Object.keys(BOOTSTRAPS)))
    .option('--views <folders...>', 'the folders of views to build in (default: src/views)')
    .addOption(new Option('--format <format>', 'CommonJS, or ES modules (default: cjs)').choices(['cjs', 'esm']))
    .option('--external <packages...>', 'packages to leave out of the bundle')
    .addOption(
      new Option('--iac <tool>', 'describe the function and its front below deploy/, for a tool').choices(IAC_TOOLS),
    )
    .addOption(
      new Option('--front <front>', 'what stands before the function (default: url)').choices([
        'url',
        'http',
        'rest',
        'alb',
      ]),
    )
    .option('--force', 'write that description even over a changed one')
    .option('--report [path]', 'measure cold starts, with GET of a path (default: /)', toPath)
    .option('--verbose', 'list every package and module of the bundle')
    .action(run);
}

async function run(door: Door | undefined, flags: BuildFlags): Promise<void> {
  const { views, format, external, front, iac, force, report, verbose } = flags;
  const { build } = await import('../bundle/build-doors.js');
  const { project, config } = await openConfigured(process.cwd(), { views, lambda: { format, external, front } });
  await build(project, {
    door,
    settings: functionSettings(config, project.name),
    isVerbose: verbose === true,
    iac,
    isForced: force === true,
    report: report === true ? '/' : report,
  });
}

function toPath(value: string): string {
  if (!value.startsWith('/')) throw new InvalidArgumentError('It is a path, which begins with "/".');
  return value;
}
