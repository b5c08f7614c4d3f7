import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../../src/core/hash.ts';
import { BARS } from '../../../src/market/load/layout.ts';
import { SeriesReader } from '../../../src/market/load/reader.ts';
import { barsCsv } from '../../support/catalog.ts';

const name = 'BTC.csv';
let directory: string;
let cacheDir: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kedge-reader-'));
  cacheDir = join(directory, 'cache');
  changeSecretly(barsCsv([1, 2, 3]));
});

const read = (options: { verify?: boolean; cacheDir?: string | null } = {}, expected: string | null = null) =>
  new SeriesReader({ directory, cacheDir, verify: false, ...options }).read(name, BARS, expected);
const closes = async (...args: Parameters<typeof read>) => [...(await read(...args)).columns.close!];
const caches = () => (existsSync(cacheDir) ? readdirSync(cacheDir) : []);
const cachePath = () => join(cacheDir, caches()[0]!);

/** Changes the content but neither size nor date, as nothing but a fault would. */
function changeSecretly(content: string): void {
  writeFileSync(join(directory, name), content);
  utimesSync(join(directory, name), 1_700_000_000, 1_700_000_000);
}

describe('the cache of a file', () => {
  test('gives back what was read, bit for bit', async () => {
    writeFileSync(join(directory, name), barsCsv([0.1 + 0.2, 1e-300, 1e300]));
    const fresh = await read();
    expect(caches()).toHaveLength(1);
    expect(await read()).toEqual(fresh);
  });

  test('is used while size and date agree, and stale when they do not', async () => {
    await read();
    changeSecretly(barsCsv([1, 2, 4]));
    expect(await closes()).toEqual([1, 2, 3]);
    writeFileSync(join(directory, name), barsCsv([1, 2, 4, 5]));
    expect(await closes()).toEqual([1, 2, 4, 5]);
    expect(caches()).toHaveLength(1);
  });

  test('is checked against the file on request', async () => {
    await read();
    changeSecretly(barsCsv([1, 2, 4]));
    expect(await closes({ verify: true })).toEqual([1, 2, 4]);
  });

  test('is not made when there is no folder for it, and its absence is no harm', async () => {
    expect(await closes({ cacheDir: null })).toEqual([1, 2, 3]);
    expect(caches()).toEqual([]);
    writeFileSync(join(directory, 'a-file'), '');
    expect(await closes({ cacheDir: join(directory, 'a-file', 'cache') })).toEqual([1, 2, 3]);
  });

  test('that is damaged is read again from the source', async () => {
    await read();
    const sound = readFileSync(cachePath());
    const flipped = Buffer.from(sound);
    flipped[flipped.length - 1]! ^= 1;
    for (const damaged of [flipped, sound.subarray(0, -8), sound.subarray(0, 20), Buffer.alloc(0), Buffer.from('null\n')]) {
      writeFileSync(cachePath(), damaged);
      expect(await closes()).toEqual([1, 2, 3]);
      expect(readFileSync(cachePath())).toEqual(sound);
    }
  });

  test('is not made of a faulty file', async () => {
    writeFileSync(join(directory, name), barsCsv([1, 2, 3]).replace('2024-01-03', '2024-01-01'));
    await expect(read()).rejects.toMatchObject({ code: 'bars-out-of-order' });
    expect(caches()).toEqual([]);
  });

  test.skipIf(process.getuid?.() === 0)('that cannot be written is done without', async () => {
    await read();
    writeFileSync(join(directory, name), barsCsv([7]));
    chmodSync(cacheDir, 0o500);
    expect(await closes()).toEqual([7]);
    chmodSync(cacheDir, 0o700);
  });
});

describe('the hash of a file', () => {
  test('that is not the catalog’s is an error naming both, cached or not', async () => {
    const actual = sha256(readFileSync(join(directory, name)));
    const expected = 'f'.repeat(64);
    for (let time = 0; time < 2; time++) {
      await expect(read({}, expected)).rejects.toMatchObject({
        code: 'hash-mismatch',
        message: `BTC.csv has sha256 ${actual}, the catalog says ${expected}`,
      });
    }
    expect((await read({}, actual.toUpperCase())).sha256).toBe(actual);
  });
});

test('a file is read once, however often it is asked for', async () => {
  const reader = new SeriesReader({ directory, cacheDir: null, verify: false });
  const [a, b] = await Promise.all([reader.read(name, BARS), reader.read(name, BARS)]);
  expect(a).toBe(b);
});
