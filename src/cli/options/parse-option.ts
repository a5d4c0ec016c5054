import { InvalidArgumentError } from 'commander';

/**
 * Parses a whole number from 1 to 9999.
 *
 * @throws InvalidArgumentError for any other text
 */
export function parseCount(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Use a whole number from 1 to 9999.');
  return Number(text);
}

/**
 * Parses the path of a URL.
 *
 * @throws InvalidArgumentError for text that does not start with a slash
 */
export function parsePath(text: string): string {
  if (!text.startsWith('/')) throw new InvalidArgumentError('A path starts with "/".');
  return text;
}
