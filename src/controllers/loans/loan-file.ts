import { BadRequestError } from 'twodoors';
import { type Quote, quoteLoan } from './loan-schedule.js';

/** How files of loans are uploaded. */
export const LOAN_FILE = { maxBytes: 100_000, types: ['text/*', 'application/csv', 'application/vnd.ms-excel'] };

const COLUMNS = 'principal,rate,years';

/** The maximum number of loans in one file. */
const MAX_ROWS = 1000;

/**
 * Quotes the loans in a CSV file: a header line (`principal,rate,years`), then a line for each loan.
 *
 * @throws BadRequestError that names each invalid row
 */
export function quoteFile(text: string): Quote[] {
  const [header, ...lines] = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  if (header?.replaceAll(' ', '').toLowerCase() !== COLUMNS) {
    throw new BadRequestError(`The first line of the file must be ${COLUMNS}`);
  }
  const rows = lines.map((line, i) => ({ line, number: i + 2 })).filter(({ line }) => line.trim() !== '');
  if (rows.length > MAX_ROWS) throw new BadRequestError(`The file has more than ${MAX_ROWS} loans`);
  const mistakes: string[] = [];
  const quotes = rows.flatMap(({ line, number }) => {
    try {
      return [quoteLine(line)];
    } catch (error) {
      mistakes.push(`row ${number}: ${(error as Error).message}`);
      return [];
    }
  });
  if (mistakes.length > 0) throw new BadRequestError(mistakes.join('; '));
  return quotes;
}

function quoteLine(line: string): Quote {
  const cells = line.split(',').map((cell) => cell.trim());
  if (cells.length !== 3 || !cells.every((cell) => /^\d+(?:\.\d+)?$/.test(cell))) {
    throw new BadRequestError('must be three numbers');
  }
  const [principal, rate, years] = cells.map(Number) as [number, number, number];
  return quoteLoan({ principal, rate, years });
}
