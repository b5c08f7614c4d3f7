import { DAY, YEAR } from '../../core/time.ts';
import type { RunResult } from '../../result/run-result.ts';
import { driftAt, exposureParts, isOut, targetParts } from '../band.ts';
import { dailyReturns, dayEnds } from '../daily.ts';
import { equityIndex } from '../wealth.ts';
import { ANCHOR } from './market-days.ts';

const PER_YEAR = YEAR / DAY;

/** What a run with a full record did, by UTC days after its first bar. */
export interface RunDays {
  readonly returns: Float64Array;
  /** Fees and slippage, less funding received, as a yearly share of equity. */
  readonly costs: Float64Array;
  /** Tax that fell due or was owed anew, as a yearly share of equity. */
  readonly tax: Float64Array;
  /** Spot value over equity at the day's end. */
  readonly invested: Float64Array;
  /** ½ Σ |exposure − target| at the day's end. */
  readonly drift: Float64Array;
  /** 1 where some spot weight (not exposure) is out of the band, else 0. */
  readonly weightsOut: Float64Array;
  /** Largest absolute exposure to Bitcoin by contracts, over equity. */
  readonly hedged: Float64Array;
}

/** @returns null in lean records */
export function runDays(result: RunResult): RunDays | null {
  const { full, equity, time, taxAccrued, target, instruments } = result;
  if (full === null) return null;
  const { columns } = full;
  const ends = dayEnds(time);
  const atEnd = (value: (bar: number) => number): Float64Array => Float64Array.from(ends.subarray(1), value);
  const changes = (value: (bar: number) => number): Float64Array =>
    Float64Array.from({ length: Math.max(0, ends.length - 1) }, (_, d) => {
      const before = equity[ends[d]!]!;
      return before > 0 ? (PER_YEAR * (value(ends[d + 1]!) - value(ends[d]!))) / before : NaN;
    });
  const exposed = exposureParts(target, columns.exposure, instruments);
  const held = targetParts(target, columns.weights);
  const bitcoins = instruments.filter(({ kind, base }) => kind === 'spot' && base === ANCHOR).map(({ symbol }) => symbol);
  const bitcoinAt = (bar: number): number => bitcoins.reduce((sum, symbol) => sum + (columns.weights[symbol]?.[bar] ?? 0), 0);
  return {
    returns: Float64Array.from(dailyReturns(equityIndex(result), ends)),
    costs: changes((bar) => columns.fees[bar]! + columns.slippage[bar]! - columns.funding[bar]!),
    tax: changes((bar) => columns.taxes[bar]! + taxAccrued[bar]!),
    invested: atEnd((bar) => Object.values(columns.weights).reduce((sum, weights) => sum + weights[bar]!, 0)),
    drift: atEnd((bar) => driftAt(exposed, bar)),
    weightsOut: atEnd((bar) => (isOut(held, target, bar) ? 1 : 0)),
    hedged: atEnd((bar) => Math.abs((columns.exposure[ANCHOR]?.[bar] ?? 0) - bitcoinAt(bar))),
  };
}

/** Slippage and notional of a run's own fills of one kind, by UTC days. */
export function slippageDays(result: RunResult, contracts: boolean): { slippage: Float64Array; notional: Float64Array } | null {
  if (result.full === null) return null;
  const { fills } = result.full;
  const instruments = new Map(result.instruments.map((instrument) => [instrument.symbol, instrument]));
  const ends = dayEnds(result.time);
  const slippage = new Float64Array(Math.max(0, ends.length - 1));
  const notional = new Float64Array(slippage.length);
  let day = 0;
  for (let row = 0; row < fills.time.length; row++) {
    while (day < slippage.length && ends[day + 1]! < fills.bar[row]!) day++;
    const { kind, contract } = instruments.get(fills.symbol[row]!)!;
    if (day === slippage.length || fills.cause[row] !== 'strategy' || (kind !== 'spot') !== contracts) continue;
    slippage[day] = slippage[day]! + fills.slippage[row]!;
    // The quantity of an inverse contract is its notional.
    const price = contract === 'inverse' ? 1 : fills.referencePrice[row]!;
    notional[day] = notional[day]! + Math.abs(fills.quantity[row]! * price);
  }
  return { slippage, notional };
}

/** Σ of gains that contracts realised, as a yearly share of mean equity. */
export function contractGainsTaxed(result: RunResult): number | null {
  if (result.full === null) return null;
  const { gains } = result.full;
  const sum = gains.kind.reduce((total, kind, row) => total + (kind === 'derivative' ? Math.max(0, gains.gain[row]!) : 0), 0);
  const mean = result.equity.reduce((total, value) => total + value, 0) / result.equity.length;
  const years = (result.time.at(-1)! - result.time[0]!) / YEAR;
  return years > 0 && mean > 0 ? sum / mean / years : null;
}
