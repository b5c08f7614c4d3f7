import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeLock } from '../../src/core/lock.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kedge-lock-'));
  path = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid!;
}

describe('takeLock', () => {
  test('excludes a second holder and names the first, until it is released', async () => {
    const first = await takeLock(path);
    expect(first.ok).toBe(true);
    expect(await takeLock(path)).toMatchObject({ ok: false, owner: { pid: process.pid, host: hostname() } });
    if (first.ok) await first.lock.release();
    expect(existsSync(path)).toBe(false);
    const second = await takeLock(path);
    expect(second.ok).toBe(true);
    if (second.ok) await second.lock.release();
  });

  test('takes over from a process of this machine that has died', async () => {
    writeFileSync(path, JSON.stringify({ pid: await deadPid(), host: hostname(), started: null, token: 'x' }));
    const taken = await takeLock(path);
    expect(taken.ok).toBe(true);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    expect(readdirSync(folder)).toEqual(['lock']);
    if (taken.ok) await taken.lock.release();
  });

  test('takes over when the number of the process has been given to a later one', async () => {
    writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname(), started: 'another boot/1', token: 'x' }));
    const taken = await takeLock(path);
    expect(taken.ok).toBe(process.platform === 'linux');
    if (taken.ok) await taken.lock.release();
  });

  test('takes over a lock file that was never written to its end', async () => {
    writeFileSync(path, '{"pid":');
    const taken = await takeLock(path);
    expect(taken.ok).toBe(true);
    if (taken.ok) await taken.lock.release();
  });

  test('leaves the lock of another machine alone', async () => {
    writeFileSync(path, JSON.stringify({ pid: 1, host: 'elsewhere', started: null, token: 'x' }));
    expect(await takeLock(path)).toMatchObject({ ok: false, owner: { host: 'elsewhere' } });
  });

  test('of twenty that meet a stale lock at once, one has it', async () => {
    writeFileSync(path, JSON.stringify({ pid: await deadPid(), host: hostname(), started: null, token: 'x' }));
    const results = await Promise.all(Array.from({ length: 20 }, () => takeLock(path)));
    const locks = results.flatMap((result) => (result.ok ? [result.lock] : []));
    const held = await Promise.all(locks.map((lock) => lock.isHeld()));
    expect(held.filter(Boolean)).toHaveLength(1);
    for (const lock of locks) await lock.release();
  });

  test('knows when it was lost, and does not release what is another holder’s', async () => {
    const taken = await takeLock(path);
    if (!taken.ok) throw new Error('not taken');
    const other = JSON.stringify({ pid: process.pid, host: hostname(), started: null, token: 'other' });
    writeFileSync(path, other);
    expect(await taken.lock.isHeld()).toBe(false);
    await taken.lock.release();
    expect(readFileSync(path, 'utf8')).toBe(other);
  });
});
