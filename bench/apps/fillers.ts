/** How many routes there are beside the app's own three. */
const FILLERS = Number(process.env['FILLERS'] ?? 0);

/** The paths of the routes that only fill: half of them are declared before the app's own, half after. */
const paths = Array.from({ length: FILLERS }, (_, i) => `/filler-${i}/:id`);

/** Declared before the app's own. */
export const FILLERS_BEFORE: readonly string[] = paths.slice(0, FILLERS / 2);

/** Declared after the app's own. */
export const FILLERS_AFTER: readonly string[] = paths.slice(FILLERS / 2);
