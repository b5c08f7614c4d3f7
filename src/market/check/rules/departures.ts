import { formatTime } from '../../../core/time.ts';
import type { Observation } from '../finding.ts';
import type { Pair, Relation } from '../pairs.ts';
import { callPriced, commonCloses, type Priced } from '../priced.ts';
import { BLOCK, usualLevels } from '../usual-move.ts';

/** A difference is out of the usual when it lies so many robust deviations from that of its surroundings, and so far in log price. */
const OUT = 12;
const LEAST: Readonly<Record<Relation, number>> = { interval: 0.001, mark: 0.02, venue: 0.02, basis: 0.03 };

/** A lasting difference of so much in log price is no premium: another coin, unit or currency. */
const LEVEL = 0.2;
/** Dated contracts may trade far above spot: 0.4 is 49 % over it. */
const FUTURE_LEVEL = 0.4;

/** Fewer common closes than this say nothing about what is usual. */
const FEWEST = 20;

/** What a rule that compares two files noticed, and in which of them. */
export interface Attributed {
  readonly priced: Priced;
  readonly observation: Observation;
}

/** Closes of one file that are far from those of another, beyond the difference that is usual around them; and lasting differences. */
export function findDepartures({ own, other, relation }: Pair): Attributed[] {
  const rows = commonCloses(own, other);
  const count = rows.a.length;
  if (count < FEWEST) return [];
  const differences = Float64Array.from(rows.a, (row, k) => Math.log(own.close[row]! / other.close[rows.b[k]!]!));
  const { level, spread } = usualLevels(differences);
  const limit = own.file.series.kind === 'future' ? FUTURE_LEVEL : LEVEL;
  const apart: number[] = [];
  const out: number[] = [];
  for (let k = 0; k < count; k++) {
    const block = Math.floor(k / BLOCK);
    const off = Math.abs(differences[k]! - level[block]!);
    if (Math.abs(level[block]!) > limit) apart.push(k);
    else if (off > LEAST[relation] && off > OUT * spread[block]!) out.push(k);
  }
  const prices = (k: number) =>
    `${formatTime(own.opens[rows.a[k]!]! + own.step)}, ${own.close[rows.a[k]!]!} against ${other.close[rows.b[k]!]!}`;
  const attributed: Attributed[] = [];
  if (apart.length > 0) {
    const factor = Math.exp(level[Math.floor(apart[0]! / BLOCK)]!).toPrecision(3);
    const message = `closes that stay apart from ${callPriced(other)}: ${apart.length} of ${count}, ${factor} times them; the first at ${prices(apart[0]!)}`;
    const hint = 'another coin, unit (1 or 1000 coins) or quote currency: correct the entry in catalog.json, or the file';
    const observation = {
      code: 'price-level',
      severity: 'error',
      message,
      hint,
      count: apart.length,
      row: rows.a[apart[0]!]!,
    } as const;
    attributed.push({ priced: own, observation });
  }
  const [first] = out;
  if (first === undefined) return attributed;
  const excess = (k: number) => Math.abs(differences[k]! - level[Math.floor(k / BLOCK)]!);
  const widest = out.reduce((most, k) => (excess(k) > excess(most) ? k : most));
  const [mine, theirs] = [rows.a[first]!, rows.b[first]!];
  // Of bars of one length, the one that moved farther is the one to look at.
  const isOther = own.step === other.step && moveOf(other, theirs) > moveOf(own, mine);
  const [priced, reference, row, otherRow] = isOther
    ? ([other, own, theirs, mine] as const)
    : ([own, other, mine, theirs] as const);
  const wide = `the widest by ${(100 * excess(widest)).toFixed(1)}% at ${formatTime(own.opens[rows.a[widest]!]! + own.step)}`;
  const found = `closes far from ${callPriced(reference)}: ${out.length} of ${count}`;
  const place = `${formatTime(priced.opens[row]! + priced.step)}, ${priced.close[row]!} against ${reference.close[otherRow]!}`;
  const observation: Observation = {
    code: relation === 'basis' ? 'basis-outlier' : 'price-apart',
    severity: 'warning',
    message: `${found}; the first at ${place}; ${wide}`,
    hint: 'a wrong price in one of the two, or a venue in trouble: compare with a third',
    count: out.length,
    row,
  };
  return [...attributed, { priced, observation }];
}

/** How far the close of a row is from the one before, in log price. */
function moveOf({ close }: Priced, row: number): number {
  return row === 0 ? 0 : Math.abs(Math.log(close[row]! / close[row - 1]!));
}
