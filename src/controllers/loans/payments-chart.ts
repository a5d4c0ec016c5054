import type { Schedule } from './loan-schedule.js';

/** The size of the chart, in units of its SVG. */
const WIDTH = 640;
const HEIGHT = 240;

/** Room for the labels of the axes. */
const LEFT = 64;
const BOTTOM = 28;
const TOP = 8;

/** What one year repays and what it costs. */
export interface YearOfPayments {
  /** From 1. */
  readonly year: number;
  readonly principal: number;
  readonly interest: number;
}

/** One year as a bar: interest stands on principal. */
export interface YearBar extends YearOfPayments {
  readonly x: number;
  readonly width: number;
  readonly principalY: number;
  readonly principalHeight: number;
  readonly interestY: number;
  readonly interestHeight: number;
  /** Whether the year is written below the bar; of many bars only every fifth or tenth. */
  readonly isLabelled: boolean;
}

/** Principal and interest over the years, ready to be drawn as SVG. */
export interface PaymentsChart {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly bars: readonly YearBar[];
  /** Horizontal lines at round amounts, from 0. */
  readonly lines: readonly { readonly amount: number; readonly y: number }[];
}

/** Adds up the months of each year. */
export function yearsOf({ schedule }: Schedule): YearOfPayments[] {
  const years: YearOfPayments[] = [];
  for (let first = 0; first < schedule.length; first += 12) {
    const months = schedule.slice(first, first + 12);
    // In cents, since amounts are exact to the cent and sums of fractions are not.
    const sum = (part: 'principal' | 'interest') =>
      months.reduce((cents, month) => cents + Math.round(month[part] * 100), 0) / 100;
    years.push({ year: first / 12 + 1, principal: sum('principal'), interest: sum('interest') });
  }
  return years;
}

/** Places a bar for each year of a loan. */
export function chartOf(schedule: Schedule): PaymentsChart {
  const years = yearsOf(schedule);
  const most = Math.max(...years.map(({ principal, interest }) => principal + interest));
  const step = roundStep(most / 3);
  const top = Math.ceil(most / step) * step;
  const heightOf = (amount: number) => round((amount / top) * (HEIGHT - TOP - BOTTOM));
  const base = HEIGHT - BOTTOM;
  const place = (WIDTH - LEFT) / years.length;
  const every = years.length > 25 ? 10 : years.length > 10 ? 5 : 1;
  const bars = years.map((year, i) => {
    const principalHeight = heightOf(year.principal);
    const interestHeight = heightOf(year.interest);
    return {
      ...year,
      x: round(LEFT + i * place + place * 0.1),
      width: round(place * 0.8),
      principalY: round(base - principalHeight),
      principalHeight,
      interestY: round(base - principalHeight - interestHeight),
      interestHeight,
      isLabelled: year.year === 1 || year.year % every === 0,
    };
  });
  const lines = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => ({
    amount: i * step,
    y: round(base - heightOf(i * step)),
  }));
  return { width: WIDTH, height: HEIGHT, left: LEFT, bars, lines };
}

/** The next 1, 2 or 5 with zeros. */
function roundStep(amount: number): number {
  const unit = 10 ** Math.floor(Math.log10(amount));
  return ([1, 2, 5].find((digit) => digit * unit >= amount) ?? 10) * unit;
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
