import type { RunConfig } from '../engine/config.ts';
import { runStrategy } from '../engine/run.ts';
import type { RunResult, RunTotals, TaxReading } from '../result/run-result.ts';
import { fundingReadingsApart } from '../tax/funding.ts';
import { fundingPhrase } from '../tax/funding-words.ts';
import { type TaxRules, resolveTax } from '../tax/resolve.ts';

/** Share of the final equity below which two outcomes are the same. */
const ROUNDING = 1e-9;

type Choices = Pick<TaxReading, 'reading' | 'tax'>;

/**
 * What a run that traded contracts would have left under other readings of the law: funding read in every other way that differs, because no
 * authority has ruled, and hedges followed as straddles where there is a law to do so (that of the United States). Each is a replay, since tax
 * moves cash; a reading of funding that the regime does not tell from the chosen one is not replayed, and one that made no difference to this
 * run is left out.
 */
export function readTaxOtherwise(config: RunConfig, result: RunResult): TaxReading[] {
  if (result.totals.futuresTraded === 0) return [];
  const rules = resolveTax(config.tax);
  const replay = ({ reading, tax }: Choices): TaxReading => {
    const { totals } = runStrategy({ ...config, tax: { ...config.tax, ...tax }, records: 'lean' });
    return { reading, tax, taxes: taxesOf(totals), finalAfterLiquidation: totals.finalAfterLiquidation };
  };
  const funding = wasFunded(result) ? otherFunding(rules).map(replay) : [];
  return [...funding.filter((reading) => differs(reading, result.totals)), ...asStraddle(rules).map(replay)];
}

/** One reading of each group that the chosen one is not in. */
function otherFunding({ regime: { taxation }, contracts, funding }: TaxRules): Choices[] {
  if (taxation === null || contracts === null) return [];
  return fundingReadingsApart(taxation, contracts)
    .filter((alike) => !alike.includes(funding))
    .map(([first]) => ({ reading: fundingPhrase(first!, taxation), tax: { funding: first! } }));
}

function asStraddle({ regime: { taxation }, method, straddles }: TaxRules): Choices[] {
  const law = taxation?.straddleLaw;
  const byLot = ['fifo', 'lifo', 'hifo', 'lofo', 'specific-id'].includes(method);
  if (law === undefined || !byLot || straddles) return [];
  return [{ reading: `hedges as straddles (${law})`, tax: { straddles: true } }];
}

/** Whether any funding was settled: dated contracts have none. */
function wasFunded({ totals, full }: RunResult): boolean {
  return totals.attribution.funding !== 0 || (full?.columns.funding ?? []).some((sum) => sum !== 0);
}

function differs({ taxes, finalAfterLiquidation }: TaxReading, totals: RunTotals): boolean {
  const rounding = ROUNDING * Math.abs(totals.finalEquity);
  const apart = Math.max(Math.abs(taxes - taxesOf(totals)), Math.abs(finalAfterLiquidation - totals.finalAfterLiquidation));
  return !(apart <= rounding);
}

function taxesOf({ attribution, taxesOutside, taxAccrued, taxDeferred }: RunTotals): number {
  return attribution.taxes + taxesOutside + taxAccrued + taxDeferred;
}
