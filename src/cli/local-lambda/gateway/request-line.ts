/** What is known of a request once it is answered. */
export interface AnsweredRequest {
  readonly door: string;
  readonly method: string;
  readonly target: string;
  readonly status: number;
  /** In milliseconds. */
  readonly time: number;
  /** Whether its sandbox was a new one; undefined where the function was not invoked. */
  readonly isCold?: boolean | undefined;
  /** The most memory that its sandbox has had, in MB. */
  readonly memory?: number | undefined;
  /** What ended the answer early. */
  readonly note?: string | undefined;
}

/** One line that says how a request went. */
export function requestLine({ door, method, target, status, time, isCold, memory, note }: AnsweredRequest): string {
  const parts = [door, method, target, String(status), `${time.toFixed(time < 10 ? 1 : 0)} ms`];
  if (isCold !== undefined) parts.push(isCold ? 'cold' : 'warm');
  if (memory !== undefined) parts.push(`${memory} MB`);
  if (note !== undefined) parts.push(`(${note})`);
  return parts.join('  ');
}
