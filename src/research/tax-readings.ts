import type { RunConfig } from '../engine/config.ts';
import { runStrategy } from '../engine/run.ts';
import type { RunResult, TaxReading } from '../result/run-result.ts';
import { resolveTax } from '../tax/resolve.ts';
import type { TaxSetup } from '../tax/setup.ts';

/**
 * What a run that traded contracts would have left under other readings of the law: funding taxed the other way, because no authority has
 * ruled, and in the United States hedges followed as straddles. Each is a replay, since tax moves cash.
 */
export function readTaxOtherwise(config: RunConfig, result: RunResult): TaxReading[] {
  const { regime, method } = resolveTax(config.tax);
  if (regime.taxation === null || result.totals.futuresTraded === 0) return [];
  const others: { readonly reading: string; readonly tax: Partial<TaxSetup> }[] = [
    config.tax.funding === 'result'
      ? { reading: 'funding taxed as income when it is paid', tax: { funding: 'income' } }
      : { reading: 'funding as part of the contract’s result', tax: { funding: 'result' } },
  ];
  const byLot = ['fifo', 'lifo', 'hifo', 'lofo', 'specific-id'].includes(method);
  if (regime.name === 'us' && byLot && !config.tax.straddles) {
    others.push({ reading: 'hedges as straddles (26 U.S.C. 1092)', tax: { straddles: true } });
  }
  return others.map(({ reading, tax }) => {
    const { totals } = runStrategy({ ...config, tax: { ...config.tax, ...tax }, records: 'lean' });
    const taxes = totals.attribution.taxes + totals.taxesOutside + totals.taxAccrued + totals.taxDeferred;
    return { reading, taxes, finalAfterLiquidation: totals.finalAfterLiquidation };
  });
}
