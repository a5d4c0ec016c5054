import { App, Duration, Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';

const app = new App({ outdir: 'build/cdk' });
const stack = new Stack(app, 'Todos');

new NodejsFunction(stack, 'Handler', {
  // The output of tsc, which has the metadata of decorators.
  entry: 'dist/bootstrap-lambda.js',
  runtime: Runtime.NODEJS_22_X,
  memorySize: 512,
  timeout: Duration.seconds(29),
  bundling: {
    minify: true,
    // Class names are in url_for('TodoController.create') and in messages.
    keepNames: true,
    // So that OpenTelemetry and Datadog can wrap the handler.
    footer: 'module.exports = { ...module.exports };',
  },
});
app.synth();
