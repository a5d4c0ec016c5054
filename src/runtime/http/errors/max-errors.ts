/** The most mistakes of a request that are collected and sent, unless the app says otherwise. */
export const MAX_ERRORS = 100;
