// Takes descriptions through aws-cdk-lib, in a process without Jest: runs each CDK app, and reads each template as
// cloudformation-include does, which knows every resource's properties. Writes the templates that come out, by name.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as cdk from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';

const [root, output] = process.argv.slice(2);
const templates = {};

/** The only template of a synthesised app. */
const templateIn = (folder) =>
  JSON.parse(
    readFileSync(
      join(
        folder,
        readdirSync(folder).find((name) => name.endsWith('.template.json')),
      ),
      'utf8',
    ),
  );

/**
 * Adds what SAM itself makes and a template may refer to, so that CDK finds it: the alias of a function, the stage of an API.
 * cfn-lint, which runs SAM's own transform, checks that SAM gives them these names.
 */
function withResourcesOfSam(name, template) {
  const text = readFileSync(template, 'utf8');
  if (!text.includes('Transform: AWS::Serverless')) return template;
  const made = new Set(
    [...text.matchAll(/(?:!Ref |DependsOn: |\$\{)(FunctionAlias\w+|Api\w+Stage)\b/g)].map(([, id]) => id),
  );
  const stubs = [...made].map((id) => `  ${id}:\n    Type: AWS::CloudFormation::WaitConditionHandle\n`);
  const copy = join(root, name, 'included', 'template.yaml');
  mkdirSync(join(root, name, 'included'), { recursive: true });
  writeFileSync(
    copy,
    text.replace('\nResources:\n', (line) => line + stubs.join('')),
  );
  return copy;
}

for (const name of readdirSync(root)) {
  const template = ['template.yaml', 'cloudformation.yaml'].map((file) => join(root, name, file)).find(existsSync);
  if (template !== undefined) {
    const app = new cdk.App({ outdir: join(root, name, 'included') });
    new CfnInclude(new cdk.Stack(app, 'Stack'), 'Template', { templateFile: withResourcesOfSam(name, template) });
    app.synth();
    templates[name] = templateIn(join(root, name, 'included'));
  }
}
// Each app waits for the end of the process.
process.setMaxListeners(0);
const cdkApps = readdirSync(root).filter((name) => existsSync(join(root, name, 'cdk.js')));
for (const name of cdkApps) {
  // As the cdk command tells an app where to write; it does so when the process has nothing else to do.
  process.env['CDK_OUTDIR'] = join(root, name, 'cdk.out');
  await import(pathToFileURL(join(root, name, 'cdk.js')).href);
}
process.once('exit', () => {
  for (const name of cdkApps) templates[name] = templateIn(join(root, name, 'cdk.out'));
  writeFileSync(output, JSON.stringify(templates));
});
