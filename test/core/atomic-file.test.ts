import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { discardLeftovers, discardUnfinished, replaceAtomically, writeFileAtomically } from '../../src/core/atomic-file.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'kedge-atomic-'));

test('a file appears whole, in folders made for it, and nothing else is left', async () => {
  const directory = folder();
  await writeFileAtomically(join(directory, 'a', 'b.txt'), 'whole');
  expect(readFileSync(join(directory, 'a', 'b.txt'), 'utf8')).toBe('whole');
  expect(readdirSync(join(directory, 'a'))).toEqual(['b.txt']);
});

test('a failure leaves the old file and no temporary one', async () => {
  const path = join(folder(), 'report.html');
  writeFileSync(path, 'old');
  const failing = replaceAtomically(path, async (temporary) => {
    writeFileSync(temporary, 'half');
    throw new Error('no space left');
  });
  await expect(failing).rejects.toThrow('no space left');
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(join(path, '..'))).toEqual(['report.html']);
});

test('a failure takes away the folders that were made for it, and names the file that the system leaves out', async () => {
  const directory = folder();
  const path = join(directory, 'a', 'b', 'bars.csv');
  const full = (named: { path?: string }) => Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', errno: -28 }, named);
  await expect(replaceAtomically(path, () => Promise.reject(full({})))).rejects.toMatchObject({ code: 'ENOSPC', path });
  const inside = replaceAtomically(path, (temporary) => Promise.reject(full({ path: join(temporary, 'run.json') })));
  await expect(inside).rejects.toMatchObject({ path: join(path, 'run.json') });
  expect(readdirSync(directory)).toEqual([]);
});

test('an interrupt discards what is being written', async () => {
  const path = join(folder(), 'cache.bin');
  const interrupted = replaceAtomically(path, async (temporary) => {
    writeFileSync(temporary, 'half');
    discardUnfinished();
    expect(existsSync(temporary)).toBe(false);
  });
  await expect(interrupted).rejects.toThrow('ENOENT');
  expect(existsSync(path)).toBe(false);
});

test('what a killed process left half-written is removed, and nothing else', async () => {
  const directory = folder();
  mkdirSync(join(directory, 'a'));
  const mine = join('a', `bars.csv.${process.pid}-3.tmp`);
  for (const name of [join('a', 'bars.csv'), join('a', 'bars.csv.1-20.tmp'), mine, 'notes.tmp']) {
    writeFileSync(join(directory, name), '');
  }
  await discardLeftovers(directory);
  const left = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  expect(left.toSorted()).toEqual(['a', join('a', 'bars.csv'), mine, 'notes.tmp'].toSorted());
});
