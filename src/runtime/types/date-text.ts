// RFC 3339 §5.6; a date alone is UTC midnight. A date-time without an offset would mean another instant on each machine.
const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d)))?$/;

/** Reads an RFC 3339 date, or date-time with an offset, and checks the calendar; undefined for all else. */
export function readDate(text: string): Date | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second, offsetHour, offsetMinute] = match.slice(1).map(Number) as number[];
  if (month! < 1 || month! > 12 || day! < 1 || day! > daysIn(year!, month!)) return undefined;
  if (match[4] !== undefined) {
    if (hour! > 23 || minute! > 59 || second! > 59) return undefined;
    if (match[7] !== undefined && (offsetHour! > 23 || offsetMinute! > 59)) return undefined;
  }
  const date = new Date(text.toUpperCase().replace(' ', 'T'));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}
