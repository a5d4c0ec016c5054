import fc from 'fast-check';
import { quoteLoan, scheduleLoan } from '../src/controllers/loans/loan-schedule.js';
import { LIMITS } from '../src/controllers/loans/loan-terms.js';

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
