import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/core/hash.ts';
import { identityOf, withCatalog } from '../../src/market/catalog-write.ts';
import { readCatalog } from '../../src/market/load/catalog.ts';
import type { CatalogEntry } from '../../src/market/load/catalog-schema.ts';
import { barsCsv, perpetualSeries, spotSeries } from '../support/catalog.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kedge-write-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const HEAD = { name: 'mine', kind: 'real' } as const;
const spot = (symbol: string, more: object = {}) => spotSeries(symbol, more) as CatalogEntry;

describe('withCatalog', () => {
  test('begins a catalog, and the next writer finds it and adds to it', async () => {
    await withCatalog(folder, HEAD, async (writer) => {
      expect(writer.series).toEqual([]);
      const hash = await writer.writeFile('prices/BTC.csv', barsCsv([1, 2]));
      expect(hash).toBe(sha256(barsCsv([1, 2])));
      await writer.put([spot('BTC', { file: 'prices/BTC.csv', sha256: hash, retrieval: { by: 'test', rows: 2 } })]);
    });
    await withCatalog(folder, { name: 'other', kind: 'real' }, (writer) => writer.put([spot('ETH')]));
    const catalog = await readCatalog(folder);
    expect(catalog.name).toBe('mine');
    expect(catalog.series.map(({ symbol }) => symbol)).toEqual(['BTC', 'ETH']);
    expect(existsSync(join(folder, '.kedge-lock'))).toBe(false);
  });

  test('replaces a series of the same identity where it stands', async () => {
    await withCatalog(folder, HEAD, async (writer) => {
      await writer.put([spot('BTC'), spot('ETH')]);
      await writer.put([spot('BTC', { notes: 'new' })]);
      expect(writer.series).toEqual([spot('BTC', { notes: 'new' }), spot('ETH')]);
    });
  });

  test('leaves nothing of work that fails but what is in the catalog', async () => {
    const beginning = join(folder, 'new', 'catalog');
    const failing = withCatalog(beginning, HEAD, async (writer) => {
      await writer.writeFile('prices/BTC.csv', barsCsv([1, 2]));
      throw new Error('no space left');
    });
    await expect(failing).rejects.toThrow('no space left');
    expect(readdirSync(folder)).toEqual([]);
    const later = withCatalog(folder, HEAD, async (writer) => {
      await writer.writeFile('prices/BTC.csv', barsCsv([1, 2]));
      await writer.put([spot('BTC', { file: 'prices/BTC.csv' })]);
      await writer.writeFile('prices/ETH.csv', barsCsv([1, 2]));
      throw new Error('no space left');
    });
    await expect(later).rejects.toThrow('no space left');
    expect(readdirSync(join(folder, 'prices'))).toEqual(['BTC.csv']);
    expect((await readCatalog(folder)).series.map(({ symbol }) => symbol)).toEqual(['BTC']);
  });

  test('brings the series into the order asked for', async () => {
    await withCatalog(folder, HEAD, (writer) => writer.put([spot('ETH'), spot('BTC')], (all) => all.toReversed()));
    expect((await readCatalog(folder)).series.map(({ symbol }) => symbol)).toEqual(['BTC', 'ETH']);
  });

  test('writes nothing when the catalog would not be valid', async () => {
    await withCatalog(folder, HEAD, (writer) => writer.put([spot('BTC')]));
    const before = readFileSync(join(folder, 'catalog.json'), 'utf8');
    const broken = { ...spot('ETH'), quote: undefined } as unknown as CatalogEntry;
    await expect(withCatalog(folder, HEAD, (writer) => writer.put([broken]))).rejects.toMatchObject({ code: 'catalog-invalid' });
    expect(readFileSync(join(folder, 'catalog.json'), 'utf8')).toBe(before);
  });

  test('keeps a second writer out and names the first', async () => {
    const second = withCatalog(folder, HEAD, () => withCatalog(folder, HEAD, () => Promise.resolve()));
    await expect(second).rejects.toMatchObject({ code: 'catalog-locked', message: expect.stringContaining(String(process.pid)) });
  });

  test('stops at the next write when the lock was lost', async () => {
    const lost = withCatalog(folder, HEAD, async (writer) => {
      rmSync(join(folder, '.kedge-lock'));
      await writer.put([spot('BTC')]);
    });
    await expect(lost).rejects.toMatchObject({ code: 'catalog-locked' });
    expect(existsSync(join(folder, 'catalog.json'))).toBe(false);
  });

  test('does not mix real and synthetic data', async () => {
    await withCatalog(folder, { name: 'made up', kind: 'synthetic' }, (writer) => writer.put([spot('BTC')]));
    await expect(withCatalog(folder, HEAD, () => Promise.resolve())).rejects.toMatchObject({ code: 'catalog-kind-differs' });
  });

  test('does not add to a catalog that is broken or written as YAML', async () => {
    writeFileSync(join(folder, 'catalog.json'), '{ "name": ');
    await expect(withCatalog(folder, HEAD, () => Promise.resolve())).rejects.toMatchObject({ code: 'catalog-invalid' });
    writeFileSync(join(folder, 'catalog.json'), 'name: mine # by hand\nkind: real\nseries: []\n');
    await expect(withCatalog(folder, HEAD, () => Promise.resolve())).rejects.toMatchObject({ code: 'catalog-not-json' });
  });

  test('does not take a catalog for missing that it may not read', async () => {
    writeFileSync(join(folder, 'catalog.json'), '{}');
    chmodSync(join(folder, 'catalog.json'), 0o000);
    // Permissions do not hold the superuser back: then the file is read and found invalid.
    await expect(withCatalog(folder, HEAD, () => Promise.resolve())).rejects.toMatchObject({
      code: process.getuid?.() === 0 ? 'catalog-invalid' : 'catalog-not-found',
    });
  });

  test.each(['../BTC.csv', '/elsewhere/BTC.csv', '', 'a/../../BTC.csv'])(
    'writes no file outside of the catalog: "%s"',
    async (file) => {
      const escape = withCatalog(folder, HEAD, (writer) => writer.writeFile(file, 'x'));
      await expect(escape).rejects.toMatchObject({ code: 'catalog-file-outside' });
    },
  );
});

test('a contract is linear where its entry does not say', () => {
  const entry = perpetualSeries('BTC') as CatalogEntry;
  expect(identityOf({ ...entry, contract: undefined })).toBe(identityOf(entry));
  expect(identityOf({ ...entry, contract: 'inverse' })).not.toBe(identityOf(entry));
});
