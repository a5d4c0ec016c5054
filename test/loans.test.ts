import fc from 'fast-check';
import { quoteLoan, scheduleLoan } from '../src/controllers/loans/loan-schedule.js';
import { LIMITS } from '../src/controllers/loans/loan-terms.js';
import { chartOf, yearsOf } from '../src/controllers/loans/payments-chart.js';

/** Amounts add up in cents; as doubles they would not. */
const cents = (amount: number) => Math.round(amount * 100);
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + cents(amount), 0);

const principal = fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: LIMITS.principal.max * 100 }));
const rate = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100),
  fc.double({ min: 0, max: LIMITS.rate.max, noNaN: true }),
);
const years = fc.integer({ min: LIMITS.years.min, max: LIMITS.years.max });
const terms = fc.record({ principal: principal.map((amount) => amount / 100), rate, years });

describe('the schedule of any loan', () => {
  it('never increases the balance, even if the annuity exceeds the interest by a fraction of a cent', () => {
    const { schedule } = scheduleLoan({ principal: 468_457_141.86, rate: 99.9999999999995, years: 35 });
    expect(schedule.filter((row) => row.principal < 0)).toEqual([]);
  });

  it('repays exactly the principal, and no amount is negative', () => {
    fc.assert(
      fc.property(terms, (loan) => {
        const { schedule, monthlyPayment, totalPaid, totalInterest } = scheduleLoan(loan);
        const broken: string[] = [];
        const hold = (month: number, rule: string, holds: boolean) => holds || broken.push(`month ${month}: ${rule}`);
        let balance = cents(loan.principal);
        for (const [i, row] of schedule.entries()) {
          const isLast = i === schedule.length - 1;
          balance -= cents(row.principal);
          hold(i + 1, 'has its number', row.month === i + 1);
          hold(
            i + 1,
            'principal and interest add up to the payment',
            cents(row.principal) + cents(row.interest) === cents(row.payment),
          );
          hold(i + 1, 'the balance is what remains to be paid', cents(row.balance) === balance);
          hold(i + 1, 'no amount is negative', Math.min(row.principal, row.interest, row.balance) >= 0);
          hold(i + 1, 'the payment is at most the quoted one', isLast || row.payment <= monthlyPayment);
        }
        expect(broken).toEqual([]);
        expect(schedule).toHaveLength(loan.years * 12);
        expect(balance).toBe(0);
        expect(sum(schedule.map((row) => row.principal))).toBe(cents(loan.principal));
        expect(sum(schedule.map((row) => row.payment))).toBe(cents(totalPaid));
        expect(sum(schedule.map((row) => row.interest))).toBe(cents(totalInterest));
        expect(cents(totalPaid) - cents(totalInterest)).toBe(cents(loan.principal));
      }),
      { numRuns: 300 },
    );
  });

  it('charges interest on the balance, rounding half a cent up', () => {
    fc.assert(
      fc.property(principal, fc.integer({ min: 0, max: 10_000 }), years, (lent, hundredths, length) => {
        const { schedule } = scheduleLoan({ principal: lent / 100, rate: hundredths / 100, years: length });
        const balances = [lent, ...schedule.map((row) => cents(row.balance))].map(BigInt);
        expect(schedule.map((row) => BigInt(cents(row.interest)))).toEqual(
          schedule.map((_, i) => (balances[i]! * BigInt(hundredths) * 2n + 120_000n) / 240_000n),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('has the totals of its quote', () => {
    fc.assert(
      fc.property(terms, (loan) => {
        const { schedule: _, ...quote } = scheduleLoan(loan);
        expect(quoteLoan(loan)).toEqual(quote);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the chart of any loan', () => {
  it('has a bar for each year, whose parts add up to the loan and its interest', () => {
    fc.assert(
      fc.property(terms, (loan) => {
        const schedule = scheduleLoan(loan);
        const { bars } = chartOf(schedule);
        expect(bars.map(({ year }) => year)).toEqual(Array.from({ length: loan.years }, (_, i) => i + 1));
        expect(sum(bars.map((bar) => bar.principal))).toBe(cents(loan.principal));
        expect(sum(bars.map((bar) => bar.interest))).toBe(cents(schedule.totalInterest));
        expect(bars.map(({ year, principal, interest }) => ({ year, principal, interest }))).toEqual(yearsOf(schedule));
      }),
      { numRuns: 100 },
    );
  });

  it('draws the parts in proportion, one on the other, within its frame', () => {
    fc.assert(
      fc.property(terms, (loan) => {
        const { bars, lines, width, height, left } = chartOf(scheduleLoan(loan));
        const base = lines[0]!.y;
        const top = lines.at(-1)!;
        const perUnit = (base - top.y) / top.amount;
        const broken: string[] = [];
        const hold = (year: number, rule: string, holds: boolean) => holds || broken.push(`year ${year}: ${rule}`);
        // Lengths are rounded to hundredths.
        const isNear = (a: number, b: number) => Math.abs(a - b) < 0.02;
        let x = left;
        for (const bar of bars) {
          hold(bar.year, 'principal', isNear(bar.principalHeight, bar.principal * perUnit));
          hold(bar.year, 'interest', isNear(bar.interestHeight, bar.interest * perUnit));
          hold(bar.year, 'principal stands on the base', isNear(bar.principalY + bar.principalHeight, base));
          hold(bar.year, 'interest stands on principal', isNear(bar.interestY + bar.interestHeight, bar.principalY));
          hold(bar.year, 'below the highest line', bar.interestY >= top.y - 0.02);
          hold(bar.year, 'right of the one before', bar.x >= x);
          x = bar.x + bar.width;
        }
        expect(broken).toEqual([]);
        expect(x).toBeLessThanOrEqual(width);
        expect(base).toBeLessThan(height);
        expect(lines[0]!.amount).toBe(0);
        expect([2, 3, 4]).toContain(lines.length);
        expect(bars.filter((bar) => bar.isLabelled).length).toBeLessThanOrEqual(10);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a quote', () => {
  it.each([
    ['a house', 250_000, 3.9, 30, 1179.17, 424_501.58, 174_501.58],
    ['no interest, and a remainder in the last month', 100, 0, 1, 8.33, 100, 0],
    ['no interest, divided evenly', 1200, 0, 1, 100, 1200, 0],
    ['one cent over thirty years', 0.01, 5, 30, 0, 0.01, 0],
    ['a payment that is rounded up, so that the loan is repaid early', 2, 0, 30, 0.01, 2, 0],
    ['the highest rate for a year', 1000, 100, 1, 135, 1619.91, 619.91],
    ['a rate that is not a binary fraction', 0.1, 0.1, 1, 0.01, 0.1, 0],
    ['a rate in sixteenths', 123_456.78, 3.0625, 15, 856.29, 154_131.25, 30_674.47],
    ['a car', 50_000, 12.5, 5, 1124.9, 67_493.77, 17_493.77],
  ])('%s', (_name, principal, rate, years, monthlyPayment, totalPaid, totalInterest) => {
    expect(quoteLoan({ principal, rate, years })).toEqual({
      principal,
      rate,
      years,
      monthlyPayment,
      totalPaid,
      totalInterest,
    });
  });

  it('keeps every amount a safe integer of cents at the upper bounds', () => {
    const { totalPaid } = quoteLoan({
      principal: LIMITS.principal.max,
      rate: LIMITS.rate.max,
      years: LIMITS.years.max,
    });
    expect(cents(totalPaid)).toBeLessThan(Number.MAX_SAFE_INTEGER / 1000);
  });

  it.each([
    ['a negative principal', { principal: -1 }, 'principal must be from'],
    ['no principal', { principal: 0 }, 'principal must be from'],
    ['a principal that is not a number', { principal: Number.NaN }, 'principal must be from'],
    ['half a cent', { principal: 1.005 }, 'principal must be a whole number of cents'],
    ['a negative rate', { rate: -0.1 }, 'rate must be from'],
    ['a rate above 100 %', { rate: 101 }, 'rate must be from'],
    ['a thousand years', { years: 1000 }, 'years must be from'],
    ['half a year', { years: 1.5 }, 'years must be a whole number'],
  ])('rejects %s', (_name, wrong, message) => {
    expect(() => quoteLoan({ principal: 1000, rate: 3, years: 10, ...wrong })).toThrow(message);
  });
});
