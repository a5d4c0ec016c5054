/** Prints each warning on a line of its own to the standard error. */
export function printWarnings(warnings: readonly string[]): void {
  for (const warning of warnings) console.warn(`Warning: ${warning}`);
}
