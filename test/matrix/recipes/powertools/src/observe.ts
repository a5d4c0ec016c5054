import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import type { Middleware } from 'twodoors';

export const logger = new Logger({ serviceName: 'todos' });
const metrics = new Metrics({ namespace: 'todos', serviceName: 'todos' });
const tracer = new Tracer({ serviceName: 'todos' });

/** One segment, one log line and one metric for each request, whatever its reply is. */
export const observe: Middleware = async (request, next) => {
  const context = request.lambda?.context;
  if (context !== undefined) logger.addContext(context);
  const parent = tracer.isTracingEnabled() ? tracer.getSegment() : undefined;
  const segment = parent?.addNewSubsegment(`${request.method} ${request.path}`);
  const reply = await next();
  segment?.addAnnotation('status', reply.status);
  segment?.close();
  logger.info('request', { method: request.method, path: request.path, status: reply.status });
  metrics.addMetric(reply.status < 500 ? 'handled' : 'failed', MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
  return reply;
};
