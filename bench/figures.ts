import type { Summary } from './statistics.js';

/** A number as tables have it: three digits that mean something, thousands apart. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const rounded = Number(value.toPrecision(3));
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(rounded) || 1)));
  return rounded.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A median, in some unit, and how far the middle half of the samples is from it. */
export function spread(summary: Summary | undefined, unit: number): string {
  if (summary === undefined) return '-';
  const middle = figure(summary.median / unit);
  if (summary.samples < 2) return middle;
  return `${middle} ±${Math.round(((summary.high - summary.low) / 2 / summary.median) * 100)}%`;
}

/** How many times as much. */
export function times(value: number): string {
  return `${figure(value)}x`;
}
