import { countWord } from '../core/figures.ts';
import type { JudgedRun } from './comparison.ts';
import { dayEnds } from './daily.ts';
import { regimeOf } from './regimes.ts';
import { listed, times } from './words.ts';

interface Circumstances {
  /** Whether an interval was drawn. */
  readonly drawn: boolean;
  /** Runs that competed against the benchmark. */
  readonly candidates: number;
  /** Runs under other tax regimes, which competed nowhere. */
  readonly unranked: number;
  /** Those that the findings under other tax regimes speak of, and their benchmarks. */
  readonly further: readonly JudgedRun[];
}

// A debt below this share of what there was at first, or was paid in, is rounding.
const ROUNDING = 1e-9;

function isInDebt({ totals: { initialEquity, finalEquity, attribution } }: JudgedRun['result']): boolean {
  return -finalEquity > ROUNDING * Math.max(Math.abs(initialEquity), Math.abs(attribution.netFlows));
}

/** Contracts without prices of their own that a run has traded. */
function tradedDerived({ instruments, totals }: JudgedRun['result']): string[] {
  const { futures } = totals.attribution;
  return instruments
    .filter(({ symbol, priceFrom }) => priceFrom !== null && (futures[symbol]?.index ?? 0) + (futures[symbol]?.basis ?? 0) !== 0)
    .map(({ symbol, priceFrom }) => `${symbol} (at the prices of ${priceFrom!})`);
}

/**
 * What limits the headline: the kind of prices, the interval's reach, unlike data, derived contracts, forced sales and liquidations, debts,
 * unlawful lot methods, optimistic fills.
 */
export function caveatOf(run: JudgedRun, benchmark: JudgedRun, { drawn, candidates, unranked, further }: Circumstances): string {
  const told = [...new Set([run, benchmark, ...further])];
  const sentences: string[] = [];
  if (told.some(({ result }) => result.manifest.synthetic))
    sentences.push('The prices are synthetic: this is no evidence about any market.');
  const days = dayEnds(run.result.time).length - 1;
  const span = `${countWord(days)} ${days === 1 ? 'day' : 'days'}`;
  if (drawn) {
    sentences.push(
      `The interval resamples the ${span} of this one price and tax path; other markets, start dates and tax lives are not in it.`,
    );
  } else sentences.push(`This is one price and tax path of ${span}, without an interval.`);
  if (drawn && candidates > 1) sentences.push(`It does not allow for the choice among ${countWord(candidates)} strategies.`);
  if (unranked > 0) sentences.push(`Runs under other tax regimes (${unranked}) are listed but not ranked.`);
  if (run.result.manifest.dataHash !== benchmark.result.manifest.dataHash) {
    sentences.push(`${run.result.id} and ${benchmark.result.id} did not read the same market data.`);
  }
  const derived = new Set(told.flatMap(({ result }) => tradedDerived(result)));
  if (derived.size > 0)
    sentences.push(`${listed([...derived])} ${derived.size === 1 ? 'is' : 'are'} derived: no such prices were to be had.`);
  for (const { result, metrics } of told) {
    const events = [
      ...(metrics.liquidations > 0 ? [`was liquidated ${times(metrics.liquidations)}`] : []),
      ...(metrics.forcedSales > 0
        ? [`had spot sold by force in ${countWord(metrics.forcedSales)} ${metrics.forcedSales === 1 ? 'fill' : 'fills'}`]
        : []),
    ];
    if (events.length > 0) sentences.push(`${result.id} ${listed(events)}.`);
  }
  for (const { result } of told) {
    if (isInDebt(result)) sentences.push(`${result.id} ended in debt: more was withdrawn or lost than was there.`);
  }
  const unlawful = told.filter(({ result }) => result.notices.some(({ code }) => code === 'tax-lots-not-offered'));
  for (const regime of new Set(unlawful.map(regimeOf))) {
    const ids = unlawful.filter((each) => regimeOf(each) === regime).map(({ result }) => result.id);
    const whose = `${listed(ids)} ${ids.length === 1 ? 'is' : 'are'} taxed by a lot method`;
    sentences.push(`${whose} that regime ${regime} does not offer: for comparison only.`);
  }
  if (told.some(({ result }) => result.assumptions.fill === 'close')) {
    sentences.push('Orders filled at the close they were decided on, which is optimistic.');
  }
  return sentences.join(' ');
}
