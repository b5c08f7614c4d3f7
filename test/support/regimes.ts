import type { RunResult } from '../../src/result/run-result.ts';
import { type FakeOptions, fakeResult } from './result.ts';

/** A made-up run as an experiment with several regimes calls it: `label (regime)`; `start`: what selling everything at first would leave. */
export function taxedResult(
  regime: string,
  { label, start, ...options }: Omit<FakeOptions, 'id' | 'regime'> & { label: string; start?: number },
): RunResult {
  const result = fakeResult({ ...options, id: `${label} (${regime})`, regime: regime.replace(/#.*/, '') });
  const strategy = { ...result.strategy, name: label };
  const totals = start === undefined ? result.totals : { ...result.totals, initialAfterLiquidation: start };
  return { ...result, strategy, totals };
}
