import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Interrupted } from '../../src/cli/errors.ts';
import { openTerminal } from '../../src/cli/terminal.ts';
import { watching } from '../../src/cli/watch.ts';
import { ConfigError } from '../../src/core/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'kedge-watch-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('works again after each change of a watched file, tells faults, and ends with Ctrl-C', async () => {
  const experiment = join(folder, 'e.yaml');
  const strategy = join(folder, 's.ts');
  const other = join(folder, 'other.ts');
  for (const file of [experiment, strategy, other]) writeFileSync(file, 'a');
  const interruption = new AbortController();
  const notes: string[] = [];
  const terminal = openTerminal({ write: () => true }, { write: (text: string) => notes.push(text) }, {}, interruption.signal);
  let rounds = 0;
  const work = async (also: (files: readonly string[]) => Promise<void>): Promise<void> => {
    await also([strategy]);
    rounds++;
    // Changes made while the work is still going on count.
    if (rounds === 1) appendFileSync(strategy, 'b');
    if (rounds === 2) {
      appendFileSync(other, 'b');
      setTimeout(() => appendFileSync(experiment, 'c'), 300);
      throw new ConfigError('some-fault', 'this is wrong');
    }
    if (rounds === 3) setTimeout(() => interruption.abort(), 200);
  };
  await expect(watching(experiment, work, terminal)).rejects.toThrow(Interrupted);
  expect(rounds).toBe(3);
  const told = notes.join('');
  expect(told).toMatch('s.ts changed');
  expect(told).toMatch('[some-fault] this is wrong');
  expect(told).toMatch('e.yaml changed');
  expect(told).not.toMatch('other.ts changed');
});
