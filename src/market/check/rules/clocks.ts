import { formatDate, formatInterval } from '../../../core/time.ts';
import type { Observation } from '../finding.ts';
import { callPriced, type Priced } from '../priced.ts';
import type { Attributed } from './departures.ts';
import { comparePieces, type Piece } from './shifts.ts';

/** Two files of one asset, and how their clocks compare. */
interface Comparison {
  readonly a: Priced;
  readonly b: Priced;
  readonly pieces: readonly Piece[];
}

/** Where nothing but doubt speaks for a shift, most of the time must be in doubt. */
const MOSTLY = 0.5;

/**
 * Files whose stamps are shifted against the others of their asset, each reported once: of two that disagree it is the one that
 * disagrees with more of the others, else the later one in the catalog.
 */
export function findShiftedClocks(asset: readonly Priced[]): Attributed[] {
  const compared = asset.flatMap((b, i) => asset.slice(0, i).map((a): Comparison => ({ a, b, pieces: comparePieces(a, b) })));
  const trust = new Map(asset.map((priced) => [priced, 0]));
  for (const { a, b, pieces } of compared) {
    const vote = isShifted(pieces) ? -1 : pieces.length > 0 ? 1 : 0;
    for (const each of [a, b]) trust.set(each, trust.get(each)! + vote);
  }
  const found = new Map<Priced, Attributed>();
  const report = (wanted: (pieces: readonly Piece[]) => boolean, observe: typeof observeShift): void => {
    for (const { a, b, pieces } of compared) {
      if (!wanted(pieces)) continue;
      const priced = trust.get(a)! < trust.get(b)! ? a : b;
      const reference = priced === a ? b : a;
      if (!found.has(priced) && !found.has(reference))
        found.set(priced, { priced, observation: observe(priced, reference, pieces, a) });
    }
  };
  report(isShifted, observeShift);
  report(isDoubtful, observeDoubt);
  return [...found.values()];
}

function isShifted(pieces: readonly Piece[]): boolean {
  return pieces.some(({ lead }) => lead !== null && lead !== 0);
}

function isDoubtful(pieces: readonly Piece[]): boolean {
  return pieces.filter(({ lead }) => lead === null).length > MOSTLY * pieces.length;
}

function observeShift(priced: Priced, reference: Priced, pieces: readonly Piece[], a: Priced): Observation {
  const shifted = pieces.filter(({ lead }) => lead !== null && lead !== 0);
  const first = shifted[0]!;
  const lead = priced === a ? first.lead! : -first.lead!;
  const alike = shifted.filter((piece) => piece.lead === first.lead);
  const stretch = `${formatDate(first.from)} to ${formatDate(alike.at(-1)!.to)}`;
  const others = new Set(shifted.map((piece) => piece.lead)).size - 1;
  const more = others === 0 ? '' : `; other shifts: ${others}`;
  const size = formatInterval(Math.abs(lead));
  const message = `stamps lie ${size} ${lead > 0 ? 'before' : 'after'} those of ${callPriced(reference)}, from ${stretch}${more}`;
  const bar = Math.abs(lead) === priced.step || Math.abs(lead) === reference.step;
  const hint = bar
    ? 'one bar: does its stamp mean the open or the close? Correct "stamp" in catalog.json; else it is a time zone'
    : 'a time zone: import the file again with --timezone';
  return { code: 'time-shifted', severity: 'error', message, hint, count: barsIn(priced, alike), row: rowAt(priced, first) };
}

function observeDoubt(priced: Priced, reference: Priced, pieces: readonly Piece[]): Observation {
  const doubtful = pieces.filter(({ lead }) => lead === null);
  const message = `closes differ from those of ${callPriced(reference)} as if their bars ended at different hours, first from ${formatDate(doubtful[0]!.from)} on`;
  const hint = 'find out in which time zone the source cuts its days, or which market it quotes';
  return {
    code: 'time-doubtful',
    severity: 'warning',
    message,
    hint,
    count: barsIn(priced, doubtful),
    row: rowAt(priced, doubtful[0]!),
  };
}

function barsIn({ opens }: Priced, pieces: readonly Piece[]): number {
  return opens.reduce((sum, open) => sum + (pieces.some(({ from, to }) => open >= from && open < to) ? 1 : 0), 0);
}

function rowAt({ opens }: Priced, { from }: Piece): number | null {
  const row = opens.findIndex((open) => open >= from);
  return row < 0 ? null : row;
}
