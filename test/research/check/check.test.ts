import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkStrategy, type StrategyCheck } from '../../../src/research/check/check.ts';
import type { CheckFinding, CheckName } from '../../../src/research/check/finding.ts';
import { DEFAULT_EXPERIMENT } from '../../../src/research/experiment.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kedge-check-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function checkOf(strategy: string): Promise<StrategyCheck> {
  const overrides = { from: '2021-01-01', to: '2022-12-31' };
  return checkStrategy({ strategy, experiment: DEFAULT_EXPERIMENT, overrides, params: [], cacheDir: null }, () =>
    Promise.resolve(),
  );
}

function cheater(name: string): Promise<StrategyCheck> {
  return checkOf(join(import.meta.dirname, 'cheaters', name));
}

function written(name: string, text: string): Promise<StrategyCheck> {
  const file = join(scratch, name);
  writeFileSync(file, text);
  return checkOf(file);
}

function found({ results }: StrategyCheck): CheckName[] {
  return results.filter(({ verdict }) => verdict === 'found').map(({ check }) => check);
}

function findingsOf({ results }: StrategyCheck, name: CheckName): readonly CheckFinding[] {
  return results.find(({ check }) => check === name)!.findings;
}

describe('checkStrategy', () => {
  test('finds nothing in a shipped strategy', async () => {
    const checked = await checkOf('anchor-band');
    expect(found(checked)).toEqual([]);
    expect(checked.results.every(({ verdict }) => verdict === 'passed')).toBe(true);
  });

  test('a peek of one bar at one bar is found, with bar and line', async () => {
    const checked = await cheater('peeks-one-bar.ts');
    expect(found(checked)).toEqual(['look-ahead']);
    const [finding] = findingsOf(checked, 'look-ahead');
    expect(finding).toMatchObject({ bar: 700, time: Date.UTC(2022, 11, 3), at: { line: 15 } });
    expect(finding!.message).toMatch('it looks ahead');
  });

  test('state in module scope is found, and told once', async () => {
    const checked = await cheater('remembers.ts');
    expect(found(checked)).toEqual(['isolation']);
    expect(findingsOf(checked, 'isolation')[0]).toMatchObject({ bar: 3, at: { line: 15 } });
  });

  test('clock, chance and files are found at their lines, and chance leaves nothing to compare', async () => {
    const checked = await cheater('reads-the-clock.js');
    expect(found(checked)).toEqual(['purity', 'determinism']);
    expect(findingsOf(checked, 'purity').map(({ message, at }) => [at?.line, message])).toEqual([
      [4, 'it uses the clock (Date) while it is loaded'],
      [15, 'it uses Math.random while it decides'],
      [16, 'it uses fs.readFileSync while it decides'],
    ]);
    expect(checked.results.find(({ check }) => check === 'look-ahead')!.verdict).toBe('skipped');
  });

  test('look-back that is not declared and a parameter that breaks at its edge are found', async () => {
    const checked = await cheater('looks-back-too-far.ts');
    expect(found(checked)).toEqual(['warm-up', 'parameters']);
    expect(findingsOf(checked, 'parameters')[0]!.message).toMatch('with parts=0');
    expect(findingsOf(checked, 'warm-up')[0]).toMatchObject({ at: { line: 15 } });
  });

  test('reading the catalog while loading is found', async () => {
    const catalog = join(import.meta.dirname, '../../../data/catalog.json');
    const checked = await written(
      'reader.js',
      `import { readFileSync } from 'node:fs';
import { defineStrategy, z } from 'kedge';
const known = readFileSync(${JSON.stringify(catalog)}, 'utf8').length;
export default defineStrategy({
  name: 'reader', summary: 'Reads the market beforehand.', params: z.object({}), needs: () => ({ symbols: ['BTC'] }),
  setup: () => ({ onBar({ market, orders }) { if (market.bar === known % 7) orders.market('BTC', 0.001, { tag: 'known' }); } }),
});`,
    );
    expect(found(checked)).toEqual(['purity']);
    expect(findingsOf(checked, 'purity')[0]).toMatchObject({ at: { line: 3 } });
  });

  test('counting the bars to come is found', async () => {
    const checked = await written(
      'counter.js',
      `import { defineStrategy, z } from 'kedge';
export default defineStrategy({
  name: 'counter', summary: 'Knows how long the market is.', params: z.object({}), needs: () => ({ symbols: ['BTC'] }),
  setup: () => ({
    onBar({ market, orders }) {
      const { set } = Float64Array.prototype;
      let bytes = 0;
      Float64Array.prototype.set = function (values, at) { bytes = values.buffer.byteLength; set.call(this, values, at); };
      market.closes('BTC', 1);
      Float64Array.prototype.set = set;
      if (market.bar === 5) orders.market('BTC', 1e-9 * bytes, { tag: 'long market' });
    },
  }),
});`,
    );
    expect(found(checked)).toContain('look-ahead');
    expect(findingsOf(checked, 'look-ahead')[0]).toMatchObject({ bar: 5, at: { line: 11 } });
  });

  test.each(['misspelt.ts', 'misspelt.js'])('a misspelt handler is found with its line: %s', async (name) => {
    const checked = await written(
      name,
      `import { defineStrategy, z } from 'kedge';
export default defineStrategy({
  name: 'misspelt', summary: 'Has a handler that does not exist.', params: z.object({}), needs: () => ({ symbols: ['BTC'] }),
  setup() {
    return { onBarr() {} };
  },
});`,
    );
    expect(found(checked)).toEqual(['types']);
    expect(findingsOf(checked, 'types')[0]).toMatchObject({ at: { line: 4 } });
    expect(findingsOf(checked, 'types').at(-1)!.message).toMatch('Did you mean "onBar"?');
  });

  test('what throws in a run that types cannot foresee is an error, with its line', async () => {
    const checking = written(
      'thrower.ts',
      `import { defineStrategy, z } from 'kedge';
export default defineStrategy({
  name: 'thrower', summary: 'Throws.', params: z.object({}), needs: () => ({ symbols: ['BTC'] }),
  setup: () => ({
    onBar({ market }) {
      if (market.bar === 9) throw new Error('enough');
    },
  }),
});`,
    );
    await expect(checking).rejects.toMatchObject({ code: 'strategy-threw', at: { line: 6 } });
  });

  test('orders that never fill are a finding, refusals a note with their reason', async () => {
    const checked = await written(
      'never-fills.ts',
      `import { defineStrategy, z } from 'kedge';
export default defineStrategy({
  name: 'never-fills', summary: 'Bids far too low.', params: z.object({}), needs: () => ({ symbols: ['BTC'] }),
  setup: () => ({
    onBar({ market, orders }) {
      if (market.bar < 3) orders.limit('BTC', 0.01, 1, { tag: 'a bargain', timeInForceBars: 5 });
    },
  }),
});`,
    );
    expect(found(checked)).toEqual(['orders']);
    const orders = checked.results.find(({ check }) => check === 'orders')!;
    expect(orders.findings[0]).toMatchObject({ bar: 0, at: { line: 6 } });
    expect(orders.notes[0]).toMatch(/BTC did not fill 3 times, first at 2021-01-\d+T00:00Z: its time in force ended/);
  });
});
