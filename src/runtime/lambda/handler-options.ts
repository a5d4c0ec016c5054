import type { Context } from 'aws-lambda';

/** What handlers are made with. */
export interface HandlerOptions<Other = never> {
  /**
   * A prefix that stands before all paths in the gateway, such as the base path of a custom domain or the rule of a
   * load balancer; it is taken off, at a segment border. Default: none.
   */
  basePath?: string;
  /** How long before Lambda's deadline a request that has no answer yet is a 504, in milliseconds. Default: 250. */
  deadlineMarginMs?: number;
  /** Takes events that are no HTTP requests, such as schedules, queues and pings. Default: such an event is an error. */
  onOtherEvent?: (event: unknown, context: Context) => Other;
}

/** The prefix with one slash before it and none behind, or nothing. */
export function normaliseBasePath(basePath = ''): string {
  if (basePath === '') return '';
  const trimmed = basePath.replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? '' : `/${trimmed}`;
}
