// NODE_OPTIONS=--require ./tracing.cjs; the layers of OpenTelemetry do the same for you.
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { AwsLambdaInstrumentation } = require('@opentelemetry/instrumentation-aws-lambda');
const { ConsoleSpanExporter, NodeTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-node');

const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new ConsoleSpanExporter())] });
provider.register();
registerInstrumentations({ instrumentations: [new AwsLambdaInstrumentation()] });
