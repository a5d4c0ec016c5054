/**
 * What is said of an event that nobody takes: what was expected, and what came. This file imports nothing: it is a file
 * apart in bundles.
 */
export function unknownEvent(event: unknown): TypeError {
  return new TypeError(
    'This event is no HTTP request of API Gateway (REST or HTTP API), a Function URL, an Application Load Balancer or ' +
      `VPC Lattice: it is ${whatCame(event)}. Give createHandler an "onOtherEvent" that takes it, or correct the event.`,
  );
}

function whatCame(event: unknown): string {
  if (event === null || event === undefined) return String(event);
  if (Array.isArray(event)) return 'a list';
  if (typeof event !== 'object') return `a ${typeof event}`;
  const members = Object.keys(event);
  return members.length === 0
    ? 'an object with no members'
    : `an object with the members ${members.slice(0, 12).join(', ')}`;
}
