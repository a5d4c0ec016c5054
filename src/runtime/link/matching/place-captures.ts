import type { ParamValue } from '../../http/request-route.js';
import type { Search } from './search.js';

/** The captures as values of the route's parameters, where an end lists their positions. */
export function placeCaptures(end: readonly number[], { captures, raw }: Search): readonly ParamValue[] {
  const values: ParamValue[] = [];
  let next = 0;
  for (let i = 1; i < end.length; i++) {
    const slot = end[i]!;
    const isRest = slot < 0;
    const position = isRest ? ~slot : slot;
    // Parameters of optional groups that the path leaves out.
    while (values.length < position) values.push(undefined);
    values.push(
      isRest ? raw.slice(captures[next++] as number, captures[next++] as number) : (captures[next++] as string),
    );
  }
  return values;
}
