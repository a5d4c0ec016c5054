import { Argument, Command, Option } from 'commander';
import type { BundleFormat } from '../config/config.js';
import { DEPLOYED_GATEWAYS, type DeployedGateway } from '../config/gateways.js';
import { openConfigured } from '../config/load-config.js';
import { settingsOf, stagesOf } from '../config/stages.js';
import { IAC_TOOLS, type IacTool } from '../deploy/deployment.js';
import { parsePath } from '../options/parse-option.js';
import { DOOR_NAMES, type DoorName } from '../project/bootstrap.js';

interface BuildFlags {
  readonly views?: string[];
  readonly format?: BundleFormat;
  readonly external?: string[];
  readonly bundle: boolean;
  readonly gateway?: DeployedGateway;
  readonly iac?: IacTool;
  readonly stage?: string;
  readonly force?: true;
  readonly assets?: string;
  readonly plan: boolean;
  readonly report?: true | string;
  readonly verbose?: true;
}

/** `twodoors build`: its flags override twodoors.config.ts. */
export const command = new Command('build')
  .description('build the server to build/koa, and the Lambda function to build/lambda and build/lambda.zip')
  .addArgument(new Argument('[door]', 'the door to build (default: both)').choices(DOOR_NAMES))
  .option('--views <folders...>', 'the folders of views to put into the Lambda bundle (default: src/views)')
  .addOption(
    new Option(
      '--format <format>',
      'the module format of the Lambda bundle: CommonJS or ES modules (default: cjs)',
    ).choices(['cjs', 'esm'] satisfies BundleFormat[]),
  )
  .option('--external <packages...>', 'packages to leave out of what is built')
  .option('--no-bundle', 'koa only: leave all packages of the server in node_modules')
  .addOption(
    new Option('--iac <tool>', 'generate an infrastructure-as-code file for this tool, below deploy/').choices(
      IAC_TOOLS,
    ),
  )
  .option('--stage <name>', 'the stage to describe with --iac (default: every stage in lambda.stages)')
  .addOption(
    new Option(
      '--gateway <name>',
      'the gateway in front of the function: a Function URL, an HTTP or REST API, or a load balancer (default: url)',
    ).choices(DEPLOYED_GATEWAYS),
  )
  .option('--assets <folder>', 'write the public files to this folder, for S3 and CloudFront')
  .option('--no-plan', 'let the Lambda function read the app at each cold start, instead of planning it now')
  .option('--force', 'overwrite an IaC file even if you edited it')
  .option('--report [path]', 'measure cold starts of the function with a GET of this path (default: /)', parsePath)
  .option('--verbose', 'list every package and module of the Lambda bundle')
  .action(runBuild);

async function runBuild(door: DoorName | undefined, flags: BuildFlags): Promise<void> {
  const { views, format, external, gateway, iac, stage, force, assets, plan, report, verbose } = flags;
  const bundle = flags.bundle ? undefined : false;
  const { buildProject } = await import('../bundle/build-project.js');
  const { project, config } = await openConfigured(process.cwd(), {
    views,
    koa: { bundle, external },
    lambda: { format, external, gateway },
  });
  const stages = stagesOf(config, project.name);
  const settings = settingsOf(config, project.name, stage);
  await buildProject(project, {
    door,
    server: { hasPackages: config.koa?.bundle ?? true, external: config.koa?.external ?? [] },
    settings,
    stages,
    ...(stage !== undefined && { deployed: [settings] }),
    isVerbose: verbose === true,
    iac,
    isForced: force === true,
    assets,
    isPlanned: plan,
    reportPath: report === true ? '/' : report,
  });
}
