import type { NoticeBoard } from '../core/notice.ts';
import { formatTime } from '../core/time.ts';
import { barTime, type Market } from '../market/market.ts';
import type { Needs } from '../strategy/types.ts';

const NAMES = { perpetual: 'perpetual', future: 'dated future' } as const;

interface Stretch {
  readonly what: string;
  /** Bars [from, to). */
  readonly from: number;
  readonly to: number;
}

/**
 * Notes the bars in which a strategy decides and no contract that it hedges with is listed: none has begun, or the last has expired.
 *
 * @param contract - the kind that fits the account's collateral
 * @param first - the first bar with a decision
 */
export function noteUnlisted(
  market: Market,
  { perpetuals = [], futures = [] }: Needs,
  contract: 'linear' | 'inverse',
  first: number,
  notices: NoticeBoard,
): void {
  const stretches = [
    ...perpetuals.flatMap((base) => unlisted(market, { kind: 'perpetual', base, contract }, first)),
    ...futures.flatMap((base) => unlisted(market, { kind: 'future', base, contract }, first)),
  ];
  for (const { what, from, to } of stretches.sort((a, b) => a.from - b.from)) {
    const end = to < market.length ? `until ${formatTime(barTime(market, to))}` : 'any more';
    notices.add(
      'hedge-not-listed',
      () => `no ${what} is listed at ${formatTime(barTime(market, from))}: there is nothing to hedge with ${end}`,
      barTime(market, from),
      to - from,
    );
  }
}

function unlisted(
  market: Market,
  { kind, base, contract }: { kind: keyof typeof NAMES; base: string; contract: 'linear' | 'inverse' },
  first: number,
): Stretch[] {
  const { instruments, length, start, step } = market;
  const listed = instruments
    .flatMap((each, j) => (each.kind === kind && each.base === base && each.contract === contract ? [{ j, ...each }] : []))
    .map(({ j, expiry }) => ({
      from: firstMark(market, j, first),
      to: expiry === null ? length : Math.min(length, Math.ceil((expiry - start) / step) - 1),
    }))
    .sort((a, b) => a.from - b.from);
  const stretches: Stretch[] = [];
  let covered = first;
  for (const { from, to } of [...listed, { from: length, to: length }]) {
    if (from > covered) stretches.push({ what: `${NAMES[kind]} of ${base}`, from: covered, to: from });
    covered = Math.max(covered, to);
  }
  return stretches;
}

/** The first bar, from one on, at which an instrument has traded; the market's length where it never does. */
function firstMark({ columns, length }: Market, instrument: number, from: number): number {
  let bar = from;
  while (bar < length && !(columns.mark[instrument * length + bar]! > 0)) bar++;
  return bar;
}
