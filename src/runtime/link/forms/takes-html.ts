/**
 * Whether a client takes HTML at least as gladly as JSON (RFC 9110 §12.5.1), wherever its `Accept` has either. A client
 * that says nothing takes HTML: here, a form was sent.
 */
export function takesHtml(accept: string | undefined): boolean {
  const ranges = (accept ?? '')
    .toLowerCase()
    .split(',')
    .map(readRange)
    .filter(({ type }) => type !== '');
  if (ranges.length === 0) return true;
  const html = weightOf('text/html', ranges);
  return (
    html > 0 && html >= weightOf('application/json', ranges) && html >= weightOf('application/problem+json', ranges)
  );
}

/** A media range with its weight. */
interface MediaRange {
  readonly type: string;
  readonly weight: number;
}

function readRange(text: string): MediaRange {
  const [type = '', ...params] = text.split(';').map((part) => part.trim());
  const weight = params.find((param) => /^q\s*=/.test(param))?.replace(/^q\s*=\s*/, '');
  const number = weight === undefined ? 1 : Number(weight);
  return { type, weight: Number.isNaN(number) ? 1 : Math.min(Math.max(number, 0), 1) };
}

/** The weight of a type: that of the most specific range that it is in, 0 outside of all. */
function weightOf(type: string, ranges: readonly MediaRange[]): number {
  const wanted = [type, type.replace(/\/.*/, '/*'), '*/*'];
  for (const each of wanted) {
    const weights = ranges.filter((range) => range.type === each).map(({ weight }) => weight);
    if (weights.length > 0) return Math.max(...weights);
  }
  return 0;
}
