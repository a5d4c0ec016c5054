/**
 * The errors of this door that few invocations meet. A bundle keeps them in a separate file, which is loaded when one of
 * them occurs; so this file imports nothing.
 */

/**
 * The error for an event that nothing handles: it says what was expected and what came.
 *
 * @param wrongField the field of a wrong type, if the event has the shape of a source otherwise
 */
export function unknownEvent(event: unknown, wrongField: string | undefined): TypeError {
  return new TypeError(
    `This event is not an HTTP request of API Gateway (REST or HTTP API), a Function URL, an Application Load Balancer or ` +
      `VPC Lattice: ${wrongField === undefined ? `it is ${describeEvent(event)}` : `its ${wrongField} has the wrong type`}. Pass createHandler an "onOtherEvent" for it, or correct the event.`,
  );
}

function describeEvent(event: unknown): string {
  if (event === null || event === undefined) return String(event);
  if (Array.isArray(event)) return 'a list';
  if (typeof event !== 'object') return `a ${typeof event}`;
  const members = Object.keys(event);
  return members.length === 0
    ? 'an object without members'
    : `an object with the members ${members.slice(0, 12).map(nameOf).join(', ')}`;
}

/** A member's name, which may come from anywhere, in a few plain characters. */
function nameOf(member: string): string {
  return /^[\w.-]{1,40}$/.test(member) ? member : JSON.stringify(member.slice(0, 40));
}

/** What part of a result is larger than its source takes. */
export interface Excess {
  readonly part: 'headers' | 'result';
  /** In bytes. */
  readonly limit: number;
  /** The source, such as `alb`. */
  readonly source: string;
}

/** The message for a result that is too large: the limit and the fix. */
export function excessMessage({ part, limit, source }: Excess): string {
  return part === 'headers'
    ? `The headers are larger than the ${limit} bytes that ${source} takes from a function. Set fewer or shorter ones.`
    : `The reply is larger than the ${limit} bytes that ${source} takes from a function. Stream it, or reply with a link.`;
}

/** The error for an event of a source that cannot read a stream. */
export function notStreamed(source: string): Error {
  return new Error(
    `This event comes from ${source}, which does not read streamed responses. Use createHandler for it, or put a ` +
      'Function URL or a REST API in front of the function.',
  );
}

/** The error outside of Lambda's runtime, which is what makes streams. */
export function missingRuntime(): Error {
  return new Error(
    'createStreamingHandler needs the global "awslambda", which Lambda\'s Node.js runtime sets. ' +
      'Outside of Lambda use createHandler, or serve the app with Koa, which streams as well.',
  );
}
