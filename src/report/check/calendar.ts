import { civilDate, dateTime, formatDate } from '../../core/time.ts';
import type { Calendar, Finding } from '../../market/check/finding.ts';
import { coverageOf, type Stretch } from '../../market/extent.ts';
import { type Html, html, trusted } from '../escape.ts';

/** A month counts as whole from this share on, as nearly whole from the other. */
const WHOLE = 0.995;
const NEARLY = 0.9;

/** Units of the drawing: the step from month to month, and the size of a month. */
const STEP = 7;
const WIDTH = 6;
const HEIGHT = 14;

/** Years that are written above the months. */
const MOST_YEARS = 5;

type Shade = 'whole' | 'nearly' | 'part' | 'none';

const ROLES: Readonly<Record<Calendar['role'], string>> = {
  prices: 'Prices',
  mark: 'Marks',
  funding: 'Funding',
  'open-interest': 'Open interest',
};

/** The months from the first to the last that any file reaches into. */
export function monthsOf(calendars: readonly Calendar[]): Stretch[] {
  const extents = calendars.flatMap(({ extent }) => extent ?? []);
  if (extents.length === 0) return [];
  const first = civilDate(Math.min(...extents.map(({ from }) => from)));
  const end = Math.max(...extents.map(({ to }) => to));
  const months: Stretch[] = [];
  for (let year = first.year, month = first.month; dateTime(year, month, 1) < end;) {
    const from = dateTime(year, month, 1);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    months.push({ from, to: dateTime(year, month, 1) });
  }
  return months;
}

/** A table with a row for each file, in which every month is shaded by how much of it the file covers. */
export function calendarTable(calendars: readonly Calendar[], findings: readonly Finding[]): Html {
  const months = monthsOf(calendars);
  const roles = Object.keys(ROLES) as Calendar['role'][];
  return html`<table class="calendar">
    <thead>
      <tr>
        <th scope="col">File</th>
        <th scope="col">${yearScale(months)}</th>
      </tr>
    </thead>
    ${roles.map((role) => {
      const rows = calendars.filter((calendar) => calendar.role === role);
      return (
        rows.length > 0 &&
        html`<tbody>
          <tr>
            <th scope="rowgroup" colspan="2">${ROLES[role]}</th>
          </tr>
          ${rows.map((calendar) => calendarRow(calendar, months, findings))}
        </tbody>`
      );
    })}
  </table>`;
}

function calendarRow(calendar: Calendar, months: readonly Stretch[], findings: readonly Finding[]): Html {
  const { file, symbol, venue, extent } = calendar;
  return html`<tr>
    <th scope="row">
      ${symbol} <small>${extent ? `${formatDate(extent.from)} to ${formatDate(extent.to - 1)}` : 'cannot be used'}</small>
      <small>${venue} · ${file}</small>
    </th>
    <td>${extent && strip(calendar, months, findings)}</td>
  </tr>`;
}

function strip({ file, extent }: Calendar, months: readonly Stretch[], findings: readonly Finding[]): Html {
  const share = coverageOf(extent!);
  const shades = months.map((month) => shadeOf(share(month)));
  const paths = (['whole', 'nearly', 'part', 'none'] as const).map((shade) => {
    const squares = shades.map((each, i) => (each === shade ? `M${i * STEP} 0h${WIDTH}v${HEIGHT}h-${WIDTH}z` : '')).join('');
    return squares === '' ? '' : `<path class="${shade}" d="${squares}"/>`;
  });
  const own = findings.filter((finding) => finding.file === file && finding.severity !== 'info' && finding.time !== null);
  const ticks = own.map(({ time, severity }) => {
    const month = months.findIndex(({ to }) => time! < to);
    const top = severity === 'error' ? 0 : HEIGHT / 2;
    return month < 0 ? '' : `<path class="found-${severity}" d="M${month * STEP + 1} ${top}h4V${HEIGHT}h-4z"/>`;
  });
  const inside = shades.filter((shade) => shade === 'part' || shade === 'nearly').length;
  const label = `${shades.filter((shade) => shade === 'whole').length} months whole, ${inside} in part, ${own.length} findings`;
  // Stretched to the room there is: months are squares only by chance.
  const box = `viewBox="0 0 ${months.length * STEP} ${HEIGHT}" preserveAspectRatio="none"`;
  return trusted(`<svg ${box} role="img" aria-label="${label}">${paths.join('')}${[...new Set(ticks)].join('')}</svg>`);
}

function shadeOf(share: number): Shade {
  if (share >= WHOLE) return 'whole';
  if (share >= NEARLY) return 'nearly';
  return share > 0 ? 'part' : 'none';
}

/** Years above the months in which they begin. */
function yearScale(months: readonly Stretch[]): Html {
  const labels = months.flatMap(({ from }, i) => {
    const { year, month } = civilDate(from);
    return month === 1 || i === 0 ? [{ year, at: i / months.length }] : [];
  });
  // As many as there is room for, also on a phone.
  const every = Math.ceil(labels.length / MOST_YEARS);
  const texts = labels
    .filter((_, i) => i % every === 0)
    .map(({ year, at }) => `<text x="${(100 * at).toFixed(2)}%" y="11">${year}</text>`);
  return trusted(`<svg role="img" aria-label="Months by year">${texts.join('')}</svg>`);
}
