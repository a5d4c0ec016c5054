/** The default of the largest body, in bytes. */
export const BODY_LIMIT = 1_048_576;
