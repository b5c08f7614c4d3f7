import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newerSource } from '../../../src/research/check/stale-types.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kedge-types-'));
  for (const name of ['types/core', 'src/core']) mkdirSync(join(folder, name), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(path: string, second: number): void {
  writeFileSync(join(folder, path), '');
  utimesSync(join(folder, path), second, second);
}

test('a source newer than its declarations is told, others are not', () => {
  written('types/index.d.ts', 20);
  written('types/core/time.d.ts', 20);
  written('src/index.ts', 10);
  written('src/core/time.ts', 10);
  // Not part of the API: nothing is declared of it.
  written('src/core/lock.ts', 30);
  expect(newerSource(join(folder, 'types'), join(folder, 'src'))).toBeNull();
  written('src/core/time.ts', 30);
  expect(newerSource(join(folder, 'types'), join(folder, 'src'))).toBe(join('core', 'time.ts'));
});

test('a package without sources has nothing to be newer', () => {
  expect(newerSource(join(folder, 'types'), join(folder, 'none'))).toBeNull();
});
