import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { report } from '../../src/cli/commands/report.ts';
import { runCommandLine } from '../../src/cli/parse.ts';
import { writeRun } from '../../src/result/store.ts';
import { fakeResult } from '../support/result.ts';
import { fakeTerminal } from '../support/terminal.ts';

let folder: string;
let [hold, spot, page]: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kedge-report-'));
  [hold, spot, page] = ['hold', 'spot-band', 'hold.html'].map((name) => join(folder, name));
  await writeRun(hold!, fakeResult({ family: 'hold', bars: 60 }));
  await writeRun(spot!, fakeResult({ family: 'spot', bars: 60 }));
  writeFileSync(page!, '<html></html>');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function typed(...paths: readonly (string | undefined)[]) {
  const terminal = fakeTerminal();
  await runCommandLine(['report', ...paths.map(String), '--json', '--no-report'], [report], terminal);
  const [document] = terminal.documents as [{ runs: { id: string }[] }];
  return { runs: document.runs.map(({ id }) => id), notes: terminal.err };
}

test('files beside the runs, as a shell brings them along, are left out and named', async () => {
  expect(await typed(hold, page, spot)).toEqual({
    runs: ['hold', 'spot-band'],
    notes: [`left out, because a run is a directory: ${page}`],
  });
  expect((await typed(hold, spot)).notes).toEqual([]);
});

test('what is no run is refused: a file alone, and a path that leads nowhere', async () => {
  await expect(typed(page)).rejects.toMatchObject({ code: 'run-directory-missing' });
  await expect(typed(hold, page, join(folder, 'gone'))).rejects.toMatchObject({ code: 'run-directory-missing' });
});

test('runs of one id are told apart, and which is which is said', async () => {
  expect(await typed(hold, spot, hold)).toEqual({
    runs: ['hold', 'spot-band', 'hold#2'],
    notes: [`hold in ${hold} is hold#2 here`],
  });
});
