import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeFolder } from '../../src/core/folder.ts';
import { NewFiles } from '../../src/core/new-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kedge-new-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const left = (): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();

describe('a folder that was made', () => {
  test('goes again with those above it, and no other', async () => {
    mkdirSync(join(folder, 'mine'));
    const takeBack = await makeFolder(join(folder, 'mine', 'a', 'b'));
    expect(left()).toEqual(['mine', join('mine', 'a'), join('mine', 'a', 'b')]);
    await takeBack();
    expect(left()).toEqual(['mine']);
    await (
      await makeFolder(join(folder, 'mine'))
    )();
    expect(left()).toEqual(['mine']);
  });

  test('stays where something lies in it, with those above it', async () => {
    const takeBack = await makeFolder(join(folder, 'a', 'b'));
    writeFileSync(join(folder, 'a', 'notes.txt'), '');
    await takeBack();
    expect(left()).toEqual(['a', join('a', 'notes.txt')]);
  });

  test('is made with all above it or not at all', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(makeFolder(join(folder, 'file', 'a'))).rejects.toThrow('ENOTDIR');
    await expect(makeFolder(join(folder, 'a', 'x'.repeat(300)))).rejects.toThrow('ENAMETOOLONG');
    expect(left()).toEqual(['file']);
  });
});

describe('new files', () => {
  test('go again, and what was there before stays', async () => {
    writeFileSync(join(folder, 'old.csv'), 'old');
    const files = new NewFiles();
    await files.write(join(folder, 'old.csv'), 'newer');
    await files.write(join(folder, 'spot', 'BTC.csv'), 'bars');
    await files.write(join(folder, 'spot', 'ETH.csv'), 'bars');
    await files.discard();
    expect(left()).toEqual(['old.csv']);
    expect(readFileSync(join(folder, 'old.csv'), 'utf8')).toBe('newer');
  });

  test('stay once they are kept', async () => {
    const files = new NewFiles();
    await files.write(join(folder, 'BTC.csv'), 'bars');
    files.keep();
    await files.write(join(folder, 'spot', 'ETH.csv'), 'bars');
    await files.discard();
    expect(left()).toEqual(['BTC.csv']);
  });
});
