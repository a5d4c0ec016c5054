/** What the log says about a request. */
export interface LoggedRequest {
  /** The gateway in front of the function, or `koa`. */
  readonly gateway: string;
  readonly method: string;
  readonly target: string;
  readonly status: number;
  readonly durationMs: number;
  /** Whether its sandbox was new. Undefined if the function was not invoked. */
  readonly isCold?: boolean | undefined;
  /** The peak memory of its sandbox, in MB. */
  readonly memory?: number | undefined;
  /** A remark, such as why the response ended early. */
  readonly note?: string | undefined;
}

/** Formats a request as one line of the log. */
export function logLine({ gateway, method, target, status, durationMs, isCold, memory, note }: LoggedRequest): string {
  const duration = `${durationMs.toFixed(durationMs < 10 ? 1 : 0)} ms`;
  const parts = [gateway, method, printable(target), String(status), duration];
  if (isCold !== undefined) parts.push(isCold ? 'cold' : 'warm');
  if (memory !== undefined) parts.push(`${memory} MB`);
  if (note !== undefined) parts.push(`(${note})`);
  return parts.join('  ');
}

/** Percent-encodes what a terminal might not print as it is. */
function printable(target: string): string {
  return target.replace(/[^\x21-\x7e]/g, (character) => encodeURIComponent(character.toWellFormed()));
}
