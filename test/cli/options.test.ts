import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cacheDirectory } from '../../src/cli/cache.ts';
import { documentParts } from '../../src/cli/deliver.ts';
import { listed, overridesFrom } from '../../src/cli/experiment-options.ts';

const NONE = { catalog: undefined, from: undefined, to: undefined, venue: undefined, tax: undefined, seed: undefined };
const PLAIN = { json: true, series: undefined, fills: false, lots: false, gains: false };

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect((error as Error).name).toBe('UsageError');
    return (error as { code: string }).code;
  }
  return 'accepted';
}

describe('options in place of the experiment’s values', () => {
  test('are only those that were given; a catalog is relative to where one is', () => {
    expect(overridesFrom(NONE)).toEqual({});
    expect(overridesFrom({ ...NONE, catalog: 'mine', from: '2021-01-01', tax: 'us, none,us', seed: 7 })).toEqual({
      catalog: resolve('mine'),
      from: '2021-01-01',
      tax: ['us', 'none'],
      seed: 7,
    });
  });

  test('a venue file is relative to where one is, a preset is a name', () => {
    expect(overridesFrom({ ...NONE, venue: './mine.yaml' })).toEqual({ venue: resolve('mine.yaml') });
    expect(overridesFrom({ ...NONE, venue: 'binance' })).toEqual({ venue: 'binance' });
  });

  test.each([
    [{ ...NONE, from: '2021-02-30' }, 'option-not-a-date'],
    [{ ...NONE, to: 'today' }, 'option-not-a-date'],
    [{ ...NONE, seed: 1.5 }, 'option-not-whole'],
    [{ ...NONE, tax: ' , ' }, 'option-empty'],
  ])('%o is wrong usage', (options, code) => {
    expect(codeOf(() => overridesFrom(options))).toBe(code);
  });

  test('several values are separated by commas', () => {
    expect(listed('tax', 'a, b ,,a')).toEqual(['a', 'b']);
  });
});

describe('what is added to the JSON document', () => {
  test('is read by name', () => {
    expect(documentParts({ ...PLAIN, series: 'equity,drawdown', fills: true })).toEqual({
      series: ['equity', 'drawdown'],
      fills: true,
      lots: false,
      gains: false,
    });
  });

  test('needs --json, and a series that there is', () => {
    expect(codeOf(() => documentParts({ ...PLAIN, json: false, lots: true }))).toBe('option-needs-json');
    expect(codeOf(() => documentParts({ ...PLAIN, series: 'equty' }))).toBe('series-unknown');
  });
});

test('caches go where the environment says, else to the user’s cache directory', () => {
  expect(cacheDirectory({ KEDGE_CACHE: '/c', XDG_CACHE_HOME: '/x' })).toBe('/c');
  expect(cacheDirectory({ KEDGE_CACHE: '', XDG_CACHE_HOME: '/x' })).toBe('/x/kedge');
  expect(cacheDirectory({})).toBe(join(homedir(), '.cache', 'kedge'));
});
