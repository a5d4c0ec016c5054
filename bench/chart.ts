import { HAND_WRITTEN, KOA_BARE, OURS, OURS_WITHOUT_DTO } from './candidates.js';
import { figure } from './figures.js';
import type { Results } from './results.js';
import type { Summary } from './statistics.js';

interface Mark {
  readonly name: string;
  readonly summary: Summary;
}

interface Panel {
  readonly title: string;
  /** What a figure is divided by, to be in the panel's unit. */
  readonly unit: number;
  readonly marks: readonly Mark[];
}

const WIDTH = 860;
const LEFT = 190;
const RIGHT = 90;
const ROW = 22;
const HEAD = 58;
const OURS_COLOUR = '#1d4ed8';
const FLOOR_COLOUR = '#111827';
const PEER_COLOUR = '#9ca3af';

/** The run as a picture: a dot for each median on a logarithmic scale, a line for the middle half of its samples. */
export function renderChart({ lambda, server }: Results): string {
  const panels: Panel[] = [
    {
      title: 'Cold start: load a bundled handler and reply to the first GET, milliseconds',
      unit: 1,
      marks: lambda.map(({ name, coldGet: summary }) => ({ name, summary })),
    },
    {
      title: 'Warm GET through the Lambda handler, microseconds',
      unit: 1000,
      marks: lambda.map(({ name, warmGet }) => ({ name, summary: warmGet['0']! })),
    },
    ...(['0', '1000'] as const).map((fillers) => ({
      title: `Server with ${fillers === '0' ? '3' : '1,000'} routes, requests a second`,
      unit: 1,
      marks: server.flatMap(({ name, requests }) => {
        const summary = requests[fillers];
        return summary === undefined ? [] : [{ name, summary }];
      }),
    })),
  ];
  let top = 0;
  const drawn = panels.map((panel) => {
    const svg = `<g transform="translate(0 ${top})">${renderPanel(panel)}</g>`;
    top += HEAD + panel.marks.length * ROW + 26;
    return svg;
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" font-family="system-ui, sans-serif" font-size="13" role="img">\n` +
    '<title>twodoors beside its peers</title>\n' +
    `<rect width="${WIDTH}" height="${top}" rx="8" fill="#ffffff"/>\n${drawn.join('\n')}\n</svg>\n`
  );
}

function renderPanel({ title, unit, marks }: Panel): string {
  const values = marks.flatMap(({ summary: { low, high } }) => [low / unit, high / unit]);
  const [least, most] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))];
  const from = Math.floor(least);
  const to = Math.max(Math.ceil(most), from + 1);
  const x = (value: number) => LEFT + ((Math.log10(value) - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
  const bottom = HEAD + marks.length * ROW;
  const lines = [`<text x="16" y="26" font-weight="600" fill="#111827">${title}</text>`];
  for (let power = from; power <= to; power++) {
    const at = x(10 ** power).toFixed(1);
    lines.push(
      `<line x1="${at}" y1="${HEAD - 12}" x2="${at}" y2="${bottom}" stroke="#e5e7eb"/>`,
      `<text x="${at}" y="${HEAD - 16}" text-anchor="middle" font-size="11" fill="#6b7280">${(10 ** power).toLocaleString('en-US')}</text>`,
    );
  }
  marks.forEach(({ name, summary }, i) => {
    const y = HEAD + i * ROW + ROW / 2 - 4;
    const isOurs = name === OURS || name === OURS_WITHOUT_DTO;
    const colour = isOurs
      ? OURS_COLOUR
      : [HAND_WRITTEN, 'node:http', KOA_BARE].includes(name)
        ? FLOOR_COLOUR
        : PEER_COLOUR;
    const [low, middle, high] = [summary.low, summary.median, summary.high].map((value) => x(value / unit).toFixed(1));
    const weight = isOurs ? ' font-weight="600"' : '';
    lines.push(
      `<text x="${LEFT - 12}" y="${y + 4}" text-anchor="end" fill="#374151"${weight}>${name}</text>`,
      `<line x1="${low}" y1="${y}" x2="${high}" y2="${y}" stroke="${colour}" stroke-width="3" stroke-opacity="0.5"/>`,
      `<circle cx="${middle}" cy="${y}" r="5" fill="${colour}"/>`,
      `<text x="${(Number(high) + 10).toFixed(1)}" y="${y + 4}" fill="#374151"${weight}>${figure(summary.median / unit)}</text>`,
    );
  });
  return lines.join('\n');
}
