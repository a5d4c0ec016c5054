/** Header fields as they travel: name and value, in order, repetitions included. */
export type RawHeaders = readonly (readonly [name: string, value: string])[];

/** A request as it travels: nothing in it is normalised. */
export interface RawRequest {
  readonly method: string;
  /** The request-target, as in the request line. */
  readonly target: string;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
}

/** A response as it travels. */
export interface RawResponse {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
}

/** All values of a header, in order; its name in any case. */
export function valuesOf(headers: RawHeaders, name: string): string[] {
  const lower = name.toLowerCase();
  return headers.filter(([each]) => each.toLowerCase() === lower).map(([, value]) => value);
}

/** The path and the query of a target, cut at the first question mark. */
export function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?');
  return mark === -1 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}
