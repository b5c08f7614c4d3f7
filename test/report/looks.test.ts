import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../src/analysis/compare.ts';
import { assignLooks } from '../../src/report/looks.ts';
import { literalResult } from '../support/result.ts';

/** Runs of three bars; `hedge` ones traded futures. */
function looksOf(runs: Readonly<Record<string, 'hold' | 'spot' | 'hedge'>>, benchmark: string) {
  const results = Object.entries(runs).map(([id, family], index) => {
    const result = literalResult([100, 101, 102 + index], {
      id,
      strategy: { name: family === 'hold' ? 'hold' : id, summary: '', params: {}, source: '' },
    });
    return { ...result, totals: { ...result.totals, futuresTraded: family === 'hedge' ? 1 : 0 } };
  });
  const looks = assignLooks(compareRuns({ name: 'looks', results, benchmark, seed: 1, resamples: 10 }));
  return Object.fromEntries(
    [...looks].map(([id, { stroke, dash }]) => [id, `${stroke.slice(8, -1)}${dash.length > 0 ? ' dashed' : ''}`]),
  );
}

describe('looks', () => {
  test('tell families by hue and variants by lightness and dash', () => {
    expect(
      looksOf({ hold: 'hold', month: 'spot', band: 'spot', aware: 'spot', half: 'hedge', anchor: 'hedge' }, 'aware'),
    ).toEqual({
      aware: 'benchmark',
      hold: 'passive',
      month: 'spot-a dashed',
      band: 'spot-b',
      half: 'hedge-a dashed',
      anchor: 'hedge-b',
    });
  });

  test('give a lone strategy its family’s solid line', () => {
    expect(looksOf({ hold: 'hold', band: 'spot', anchor: 'hedge' }, 'hold')).toEqual({
      hold: 'benchmark',
      band: 'spot-b',
      anchor: 'hedge-b',
    });
  });

  test('are grey beyond six runs, but never for the benchmark or the headline’s subject', () => {
    const runs = Object.fromEntries('abcdefgh'.split('').map((id) => [id, 'spot' as const]));
    const looks = looksOf(runs, 'a');
    expect(looks['a']).toBe('benchmark');
    // h ends highest, so the headline speaks of it.
    expect(looks['h']).toMatch(/^spot/);
    expect(Object.values(looks).filter((look) => look.startsWith('passive'))).toHaveLength(2);
  });
});
