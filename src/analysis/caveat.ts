import { countWord } from '../core/figures.ts';
import type { JudgedRun } from './comparison.ts';
import { dayEnds } from './daily.ts';
import { listed, times } from './words.ts';

interface Circumstances {
  /** Whether an interval was drawn. */
  readonly drawn: boolean;
  /** Runs that competed against the benchmark. */
  readonly candidates: number;
  /** Runs under other tax regimes, which did not. */
  readonly elsewhere: number;
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
export function caveatOf(run: JudgedRun, benchmark: JudgedRun, { drawn, candidates, elsewhere }: Circumstances): string {
  const pair = run === benchmark ? [run] : [run, benchmark];
  const sentences: string[] = [];
  if (pair.some(({ result }) => result.manifest.synthetic))
    sentences.push('The prices are synthetic: this is no evidence about any market.');
  const days = dayEnds(run.result.time).length - 1;
  const span = `${countWord(days)} ${days === 1 ? 'day' : 'days'}`;
  if (drawn) {
    sentences.push(
      `The interval resamples the ${span} of this one price and tax path; other markets, start dates and tax lives are not in it.`,
    );
  } else sentences.push(`This is one price and tax path of ${span}, without an interval.`);
  if (drawn && candidates > 1) sentences.push(`It does not allow for the choice among ${countWord(candidates)} strategies.`);
  if (elsewhere > 0) sentences.push(`Runs under other tax regimes (${elsewhere}) are listed but not ranked.`);
  if (run.result.manifest.dataHash !== benchmark.result.manifest.dataHash) {
    sentences.push(`${run.result.id} and ${benchmark.result.id} did not read the same market data.`);
  }
  const derived = new Set(pair.flatMap(({ result }) => tradedDerived(result)));
  if (derived.size > 0)
    sentences.push(`${listed([...derived])} ${derived.size === 1 ? 'is' : 'are'} derived: no such prices were to be had.`);
  for (const { result, metrics } of pair) {
    const events = [
      ...(metrics.liquidations > 0 ? [`was liquidated ${times(metrics.liquidations)}`] : []),
      ...(metrics.forcedSales > 0
        ? [`had spot sold by force in ${countWord(metrics.forcedSales)} ${metrics.forcedSales === 1 ? 'fill' : 'fills'}`]
        : []),
    ];
    if (events.length > 0) sentences.push(`${result.id} ${listed(events)}.`);
  }
  for (const { result } of pair) {
    if (result.totals.finalEquity < 0) sentences.push(`${result.id} ended in debt: more was withdrawn or lost than was there.`);
  }
  const unlawful = pair.filter(({ result }) => result.notices.some(({ code }) => code === 'tax-lots-not-offered'));
  if (unlawful.length > 0) {
    const ids = listed(unlawful.map(({ result }) => result.id));
    const whose = `${ids} ${unlawful.length === 1 ? 'is' : 'are'} taxed by a lot method`;
    sentences.push(`${whose} that regime ${unlawful[0]!.result.assumptions.tax.regime} does not offer: for comparison only.`);
  }
  if (pair.some(({ result }) => result.assumptions.fill === 'close')) {
    sentences.push('Orders filled at the close they were decided on, which is optimistic.');
  }
  return sentences.join(' ');
}
