import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataError } from '../../../src/core/errors.ts';
import { sha256 } from '../../../src/core/hash.ts';
import { readCatalog } from '../../../src/market/load/catalog.ts';
import { SAMPLE_SEED, synthesize } from '../../../src/market/synthetic/sample.ts';
import { writeSample } from '../../../src/market/synthetic/write.ts';
import { SAMPLE } from '../../support/sample.ts';

describe('the generator', () => {
  const bundled = synthesize(SAMPLE_SEED);

  test('makes the bundled sample byte for byte', () => {
    const different = bundled.filter(({ path, text }) => text !== readFileSync(join(SAMPLE, path), 'utf8'));
    expect(different.map(({ path }) => path)).toEqual([]);
  });

  test('makes another market of the same shape from another seed', () => {
    const other = synthesize(7);
    expect(other.map(({ path }) => path)).toEqual(bundled.map(({ path }) => path));
    expect(other.filter(({ text }, i) => text === bundled[i]!.text)).toEqual([]);
  });
});

describe('writing a sample', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kedge-sample-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  test('replaces a synthetic catalog by one whose hashes are those of its files', async () => {
    const before = { name: 'earlier', kind: 'synthetic', series: [] };
    await writeFile(join(directory, 'catalog.json'), JSON.stringify(before));
    const files = await writeSample(directory, 7);
    const { synthetic, notes, series } = await readCatalog(directory);
    expect(synthetic).toBe(true);
    expect(notes).toContain('--seed 7');
    const listed = series.filter(({ file }) => file !== null);
    for (const { file, sha256: expected } of listed) expect(sha256(await readFile(join(directory, file!)))).toBe(expected);
    expect(files).toHaveLength(listed.length + 2 * 5 + 1); // Marks and funding of five perpetuals, and the catalog itself.
  });

  test.each([
    ['real', JSON.stringify({ name: 'mine', kind: 'real', series: [] })],
    ['broken', '{'],
  ])('never touches a directory with a %s catalog', async (_, text) => {
    await writeFile(join(directory, 'catalog.json'), text);
    const error = await writeSample(directory, 7).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DataError);
    expect(error).toMatchObject({ code: 'catalog-in-the-way', at: { file: join(directory, 'catalog.json') } });
    expect(await readFile(join(directory, 'catalog.json'), 'utf8')).toBe(text);
    expect(existsSync(join(directory, 'prices-1d'))).toBe(false);
  });
});
