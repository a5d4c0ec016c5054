// Takes descriptions through aws-cdk-lib, in a process without Jest: runs each CDK app, and reads each template as
// cloudformation-include does, which knows every resource's properties. Writes the templates that come out, by name.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

for (const name of readdirSync(root)) {
  const template = ['template.yaml', 'cloudformation.yaml'].map((file) => join(root, name, file)).find(existsSync);
  if (template !== undefined) {
    const app = new cdk.App({ outdir: join(root, name, 'included') });
    new CfnInclude(new cdk.Stack(app, 'Stack'), 'Template', { templateFile: template });
    app.synth();
    templates[name] = templateIn(join(root, name, 'included'));
  }
}
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
