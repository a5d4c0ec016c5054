import { jest } from '@jest/globals';

let spy: jest.Spied<typeof Date.now> | undefined;

/** Moves the clock, and stops it there. */
export function later(seconds: number): void {
  const at = Date.now() + seconds * 1000;
  restoreClock();
  spy = jest.spyOn(Date, 'now').mockReturnValue(at);
}

/** Gives the clock its own time again. */
export function restoreClock(): void {
  spy?.mockRestore();
  spy = undefined;
}
