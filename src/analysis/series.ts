import { ConfigError } from '../core/errors.ts';
import { didYouMean } from '../core/suggest.ts';
import type { RunResult } from '../result/run-result.ts';
import { drawdownColumn } from './drawdown.ts';
import { equityIndex } from './wealth.ts';

/** Series of a run that can be asked for by name. */
export const SERIES_NAMES = [
  'time',
  'equity',
  'afterTax',
  'afterLiquidation',
  'cash',
  'drawdown',
  'taxAccrued',
  'taxDeferred',
  'marginRatio',
  'weights',
  'exposure',
] as const;
export type SeriesName = (typeof SERIES_NAMES)[number];

/** A column on the run's clock, a column per symbol, or null where a lean record has none. */
export type Series = Float64Array | Readonly<Record<string, Float64Array>> | null;

/** One named series of a run: bar closes in UTC ms, account currency, or fractions (drawdown, positive; weights; exposure). */
export function seriesOf(result: RunResult, name: SeriesName): Series {
  const { time, equity, taxAccrued, full } = result;
  switch (name) {
    case 'time':
      return time;
    case 'equity':
      return equity;
    case 'taxAccrued':
      return taxAccrued;
    case 'afterTax':
      return equity.map((value, bar) => value - taxAccrued[bar]!);
    case 'drawdown':
      return drawdownColumn(equityIndex(result));
    case 'afterLiquidation':
    case 'cash':
    case 'taxDeferred':
    case 'marginRatio':
    case 'weights':
    case 'exposure':
      return full?.columns[name] ?? null;
    default:
      return name satisfies never;
  }
}

/**
 * The names in a list such as `equity,drawdown`; spaces and repetitions do not matter.
 *
 * @throws {ConfigError} `series-unknown`, with every name that is not one
 */
export function parseSeriesNames(list: string): SeriesName[] {
  const names = [...new Set(list.split(',').map((name) => name.trim()))].filter((name) => name !== '');
  const unknown = names.filter((name) => !isSeriesName(name));
  if (unknown.length > 0) {
    const faults = unknown.map((name) => ({
      message: `"${name}" is not a series of a run`,
      hint: didYouMean(name, SERIES_NAMES),
    }));
    throw new ConfigError('series-unknown', faults[0]!.message, {
      hint: faults[0]!.hint,
      faults: faults.length > 1 ? faults : [],
    });
  }
  return names.filter(isSeriesName);
}

function isSeriesName(name: string): name is SeriesName {
  return (SERIES_NAMES as readonly string[]).includes(name);
}
