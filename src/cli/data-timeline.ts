import { civilDate, dateTime } from '../core/time.ts';
import { coverageOf, type Extent, type Stretch } from '../market/extent.ts';

/** From this share on, what a character stands for is shown as covered, as covered in part. */
const WHOLE = 0.995;
const SOME = 0;

const CHARACTERS = { whole: '█', part: '▒', none: '·' } as const;

/** How a time line is drawn. */
export interface Timeline {
  readonly span: Stretch;
  /** Characters. */
  readonly width: number;
}

/** The span of several extents; undefined of none. */
export function spanOf(extents: readonly Extent[]): Stretch | undefined {
  if (extents.length === 0) return undefined;
  return { from: Math.min(...extents.map(({ from }) => from)), to: Math.max(...extents.map(({ to }) => to)) };
}

/** A bar of characters: full where a series covers its time, hatched where something is missing, a dot where nothing is there. */
export function timelineBar(extent: Extent, { span, width }: Timeline): string {
  const share = coverageOf(extent);
  const length = (span.to - span.from) / width;
  return Array.from({ length: width }, (_, i) => {
    const covered = share({ from: span.from + i * length, to: span.from + (i + 1) * length });
    return covered >= WHOLE ? CHARACTERS.whole : covered > SOME ? CHARACTERS.part : CHARACTERS.none;
  }).join('');
}

/** The years above a time line, each where it begins; those without room are left out. */
export function timelineHead({ span, width }: Timeline): string {
  let head = '';
  for (let year = civilDate(span.from).year; year <= civilDate(span.to).year; year++) {
    const place = Math.ceil((Math.max(0, dateTime(year, 1, 1) - span.from) / (span.to - span.from)) * width);
    const room = head === '' || place > head.length;
    if (room && place + 4 <= width) head = `${head.padEnd(place)}${year}`;
  }
  return head.padEnd(width);
}
