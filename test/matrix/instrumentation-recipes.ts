import type { Recipe } from './recipe.js';

/** What Lambda sets, as far as these packages read it. */
const LAMBDA = {
  AWS_LAMBDA_FUNCTION_NAME: 'todos',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  AWS_REGION: 'eu-central-1',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
  LAMBDA_TASK_ROOT: 'build/lambda',
  _HANDLER: 'index.handler',
  _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=557abcec3ee5a047;Sampled=1',
};

export const instrumentation: readonly Recipe[] = [
  {
    name: 'powertools',
    group: 'instrumentation',
    title: 'Powertools',
    tools: ['@aws-lambda-powertools/logger', '@aws-lambda-powertools/metrics', '@aws-lambda-powertools/tracer'],
    verdict: 'works',
    note: 'Middleware in `use`, and `log`; nothing to wrap.',
    checks: [
      { run: 'npm run build' },
      {
        lambda: 'build/lambda/index.js',
        options: { says: ['"message":"request"', '"service":"todos"', '"_aws":', '"failed":1', '"message":"A bug"'] },
      },
    ],
  },
  {
    name: 'middy',
    group: 'instrumentation',
    title: 'middy',
    tools: ['@middy/core'],
    verdict: 'works',
    note: '`middy().handler(createHandler(app))`, without middleware that parses the event or catches errors.',
    checks: [
      { run: 'npm run build' },
      { lambda: 'build/lambda/index.js', options: { says: ['r begins', 'r ends with 400', 'r ends with 500'] } },
    ],
  },
  {
    name: 'opentelemetry',
    group: 'instrumentation',
    title: 'OpenTelemetry',
    tools: ['@opentelemetry/instrumentation-aws-lambda', '@opentelemetry/sdk-trace-node'],
    verdict: 'works',
    note: "The layers' instrumentation replaces `handler`, which `twodoors build` allows. Set the route in middleware, and record bugs in `log`.",
    checks: [
      { run: 'npm run build' },
      {
        lambda: 'build/lambda/index.js',
        options: {
          node: '--require ./tracing.cjs',
          env: LAMBDA,
          says: [
            "name: 'todos'",
            "'http.route': '/todos/page'",
            "'http.response.status_code': 400",
            "'exception.message': 'A bug'",
          ],
        },
      },
    ],
  },
  {
    name: 'datadog',
    group: 'instrumentation',
    title: 'Datadog',
    tools: ['datadog-lambda-js', 'dd-trace'],
    verdict: 'works',
    note: 'The handler of its layer, or `datadog(createHandler(app))` with both packages `external`.',
    checks: [
      { run: 'npm run build' },
      {
        lambda: 'build/lambda/index.js',
        options: { env: { ...LAMBDA, DD_FLUSH_TO_LOG: 'true' }, says: ['"name":"aws.lambda"', '[dd.trace_id='] },
      },
      // As its layer does: its own handler loads that of the app.
      { run: 'cp unwrapped.ts src/bootstrap-lambda.ts && npm run build' },
      {
        lambda: 'node_modules/datadog-lambda-js/dist/handler.mjs',
        options: {
          env: { ...LAMBDA, DD_FLUSH_TO_LOG: 'true', DD_LAMBDA_HANDLER: 'index.handler' },
          says: ['"name":"aws.lambda"', '[dd.trace_id='],
        },
      },
    ],
  },
  {
    name: 'sentry',
    group: 'instrumentation',
    title: 'Sentry',
    tools: ['@sentry/aws-serverless'],
    verdict: 'works',
    note: '`Sentry.wrapHandler(createHandler(app))`, and `captureException` in `log`: a bug is a reply, no error of the handler.',
    checks: [
      { run: 'npm run build' },
      {
        lambda: 'build/lambda/index.js',
        options: { env: { ...LAMBDA, SENTRY_DSN: 'http://key@127.0.0.1:9/1' }, says: ['To Sentry: A bug'] },
      },
    ],
  },
];
