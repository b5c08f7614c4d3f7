import { describe, expect, test } from 'vitest';
import { SERIES_NAMES, parseSeriesNames, seriesOf } from '../../src/analysis/series.ts';
import { fakeResult, literalResult } from '../support/result.ts';

describe('series of a run', () => {
  const result = fakeResult({ family: 'hedge', bars: 100 });

  test('are on its clock', () => {
    for (const name of SERIES_NAMES) {
      const series = seriesOf(result, name)!;
      const columns = series instanceof Float64Array ? [series] : Object.values(series);
      for (const column of columns) expect(column).toHaveLength(100);
    }
  });

  test('after tax is equity less what is accrued', () => {
    const run = literalResult([100, 110], { taxAccrued: Float64Array.of(0, 4) });
    expect(seriesOf(run, 'afterTax')).toEqual(Float64Array.of(100, 106));
  });

  test('drawdown is positive, flows removed', () => {
    const run = literalResult([100, 50, 100], { flows: Float64Array.of(0, 0, 50) });
    expect(seriesOf(run, 'drawdown')).toEqual(Float64Array.of(0, 0.5, 0.5));
  });

  test('of a lean record are null where they were not kept', () => {
    const lean = literalResult([100, 110]);
    expect(seriesOf(lean, 'weights')).toBeNull();
    expect(seriesOf(lean, 'equity')).toBe(lean.equity);
  });
});

describe('a list of series names', () => {
  test('may have spaces and repetitions', () => {
    expect(parseSeriesNames('equity, drawdown,,equity')).toEqual(['equity', 'drawdown']);
  });

  test('with an unknown name offers the nearest', () => {
    expect(() => parseSeriesNames('equity,drawdwon')).toThrow(
      expect.objectContaining({ code: 'series-unknown', hint: 'Did you mean "drawdown"?', faults: [] }),
    );
  });

  test('reports all unknown names at once', () => {
    expect(() => parseSeriesNames('eqity,csh')).toThrow(
      expect.objectContaining({
        faults: [expect.objectContaining({ message: '"eqity" is not a series of a run' }), expect.anything()],
      }),
    );
  });
});
