import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, DataError } from '../../src/core/errors.ts';
import { directoryNames, readComparison, writeComparison } from '../../src/result/comparison-store.ts';
import { readRun, writeRun } from '../../src/result/store.ts';
import { fakeResult, literalResult } from '../support/result.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kedge-store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error instanceof DataError || error instanceof ConfigError).toBe(true);
  return (error as DataError).code;
}

describe('a run directory', () => {
  test.each(['hold', 'spot', 'hedge'] as const)('gives a full record back as it was: %s', async (family) => {
    const result = fakeResult({ family, bars: 300, flows: { 20: 500 } });
    await writeRun(join(folder, 'run'), result);
    expect(await readRun(join(folder, 'run'))).toEqual(result);
  });

  test('gives a lean record back, with no table but the bars', async () => {
    const result = fakeResult({ family: 'spot', records: 'lean' });
    await writeRun(join(folder, 'run'), result);
    expect(await readRun(join(folder, 'run'))).toEqual(result);
    expect((await readdir(join(folder, 'run'))).sort()).toEqual(['bars.parquet', 'run.json']);
  });

  test('keeps NaN, infinities, −0 and the last bit of every number', async () => {
    const odd = [NaN, -0, 0, Infinity, -Infinity, 0.1 + 0.2, 5e-324];
    const result = literalResult(odd, {
      strategy: { name: 'odd', summary: '', params: { limit: Infinity, none: -0 }, source: '' },
      taxAccrued: Float64Array.from(odd).reverse(),
    });
    await writeRun(join(folder, 'run'), result);
    const read = await readRun(join(folder, 'run'));
    odd.forEach((value, i) => expect(Object.is(read.equity[i], value)).toBe(true));
    expect(read).toEqual(result);
    expect(Object.is(read.strategy.params['none'], -0)).toBe(true);
  });

  test('keeps symbols and texts that look like paths or markup', async () => {
    const column = Float64Array.of(1, 2);
    const base = fakeResult({ bars: 2 });
    const columns = { ...base.full!.columns, weights: { 'A/B.C': column, 'full/cash': column } };
    const event = { kind: 'rejected', time: 1, bar: 1, symbol: null, amount: 0, message: '<b>"Größe"</b>\n' } as const;
    const result = { ...base, full: { ...base.full!, columns, events: [event] } };
    await writeRun(join(folder, 'run'), result);
    expect(await readRun(join(folder, 'run'))).toEqual(result);
  });

  test('replaces an earlier run and leaves nothing else behind', async () => {
    await writeRun(join(folder, 'run'), fakeResult({ family: 'hedge', bars: 50 }));
    await writeRun(`${join(folder, 'run')}/`, literalResult([1, 2]));
    expect((await readRun(join(folder, 'run'))).equity).toEqual(Float64Array.of(1, 2));
    expect(await readdir(folder)).toEqual(['run']);
  });

  test('is not put where other files are', async () => {
    await writeFile(join(folder, 'thesis.txt'), 'mine');
    expect(await codeOf(writeRun(folder, literalResult([1])))).toBe('output-not-ours');
    expect(await readdir(folder)).toEqual(['thesis.txt']);
  });

  test('is not put over an earlier run to which something was added', async () => {
    await writeRun(join(folder, 'run'), literalResult([1]));
    await writeFile(join(folder, 'run', 'notes.txt'), 'mine');
    await expect(writeRun(join(folder, 'run'), literalResult([2]))).rejects.toMatchObject({
      code: 'output-not-ours',
      message: expect.stringContaining('notes.txt'),
    });
  });

  test('is not half written when it cannot be', async () => {
    const broken = { ...literalResult([1, 2]), strategy: { name: 'x', summary: '', params: { big: 1n }, source: '' } };
    await writeRun(join(folder, 'run'), literalResult([3]));
    await expect(writeRun(join(folder, 'run'), broken)).rejects.toThrow(TypeError);
    expect(await readdir(folder)).toEqual(['run']);
    expect((await readRun(join(folder, 'run'))).equity).toEqual(Float64Array.of(3));
  });

  test('that is not there says how to make one', async () => {
    await expect(readRun(join(folder, 'nothing'))).rejects.toMatchObject({
      code: 'run-directory-missing',
      hint: expect.stringContaining('--out'),
    });
  });

  test('that lost or changed a file is refused by name', async () => {
    const run = join(folder, 'run');
    await writeRun(run, fakeResult({ bars: 10 }));
    const fills = join(run, 'fills.parquet');
    const bytes = await readFile(fills);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(fills, bytes);
    await expect(readRun(run)).rejects.toMatchObject({ code: 'run-directory-corrupt', at: { file: fills } });
    await rm(fills);
    await expect(readRun(run)).rejects.toMatchObject({ code: 'run-directory-corrupt', at: { file: fills } });
  });

  test('whose description was edited or cut off is refused', async () => {
    const run = join(folder, 'run');
    await writeRun(run, literalResult([100, 110]));
    const file = join(run, 'run.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"finalEquity": 110', '"finalEquity": 999'));
    expect(await codeOf(readRun(run))).toBe('run-directory-corrupt');
    await writeFile(file, text.slice(0, text.length / 2));
    expect(await codeOf(readRun(run))).toBe('run-directory-corrupt');
    await writeFile(file, 'null');
    expect(await codeOf(readRun(run))).toBe('run-directory-corrupt');
  });

  test('of a newer schema says which version it is', async () => {
    const run = join(folder, 'run');
    await writeRun(run, literalResult([100, 110]));
    const file = join(run, 'run.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"schemaVersion": 1', '"schemaVersion": 7'));
    await expect(readRun(run)).rejects.toMatchObject({
      code: 'run-schema-unknown',
      message: expect.stringContaining('version 7'),
    });
  });
});

describe('a comparison directory', () => {
  const results = [fakeResult({ id: 'hold', bars: 20 }), fakeResult({ id: 'coin 2x', family: 'hedge', bars: 20 })];
  const comparison = { name: 'Does it hold?', results, benchmark: 'hold', seed: 42 };

  test('gives name, benchmark, seed and all runs back, in order', async () => {
    await writeComparison(join(folder, 'out'), comparison);
    expect(await readComparison(join(folder, 'out'))).toEqual(comparison);
    expect((await readdir(join(folder, 'out'))).sort()).toEqual(['coin-2x', 'comparison.json', 'hold']);
  });

  test('holds run directories that can be read alone', async () => {
    await writeComparison(join(folder, 'out'), comparison);
    expect(await readRun(join(folder, 'out', 'coin-2x'))).toEqual(results[1]);
  });

  test('replaces an earlier one whole', async () => {
    await writeComparison(join(folder, 'out'), comparison);
    await writeComparison(join(folder, 'out'), { ...comparison, results: [results[0]!] });
    expect((await readdir(join(folder, 'out'))).sort()).toEqual(['comparison.json', 'hold']);
  });

  test('is refused when a run of it is missing', async () => {
    await writeComparison(join(folder, 'out'), comparison);
    await rm(join(folder, 'out', 'hold'), { recursive: true });
    expect(await codeOf(readComparison(join(folder, 'out')))).toBe('run-directory-missing');
  });

  test('is told apart from a run', async () => {
    await writeRun(join(folder, 'out'), results[0]!);
    expect(await codeOf(readComparison(join(folder, 'out')))).toBe('run-directory-missing');
  });
});

test('directory names are plain and distinct, whatever the ids', () => {
  expect(directoryNames(['hold', 'Hold', '../../etc', 'coin 2x', 'name#2', '…', 'comparison.json'])).toEqual([
    'hold',
    'Hold-2',
    'etc',
    'coin-2x',
    'name#2',
    'run',
    'comparison.json-2',
  ]);
});

test('directory names of very long ids are cut, and still distinct', () => {
  const ids = ['a'.repeat(300), `${'a'.repeat(300)}b`];
  expect(directoryNames(ids)).toEqual(['a'.repeat(100), `${'a'.repeat(100)}-2`]);
});
