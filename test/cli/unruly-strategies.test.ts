import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kedge, type Ended } from '../support/kedge.ts';

// One process a test: each takes about a second.
let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'kedge-unruly-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

/** Runs a strategy whose `onBar` is `statement`, for half a year of the sample. */
function run(statement: string, stop: { signal?: NodeJS.Signals; moment?: Promise<void> } = {}, top = ''): Promise<Ended> {
  const text = `import { defineStrategy, z } from 'kedge';
import { writeFileSync } from 'node:fs';
${top}
export default defineStrategy({
  name: 'unruly',
  summary: 'Does what a strategy should not.',
  params: z.object({}),
  needs: () => ({ symbols: ['BTC'] }),
  setup: () => ({
    onBar({ market }) {
      if (market.bar < 3) return;
      ${statement}
    },
  }),
});
void writeFileSync;
`;
  writeFileSync(join(cwd, 'unruly.ts'), text);
  return kedge(['run', './unruly.ts', '--from', '2021-01-01', '--to', '2021-06-30', '--no-report', '--json'], { cwd, ...stop });
}

function failure({ stdout }: Ended): unknown {
  return (JSON.parse(stdout) as { error?: unknown }).error;
}

test('what a strategy prints goes to standard error, so that --json stays one document', async () => {
  const { code, stdout, stderr } = await run("console.log('bar', market.bar);");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toHaveProperty('runs');
  expect(stderr).toContain('bar 3\n');
});

test.each([
  ['a promise that fails', "void Promise.reject(new Error('late'));"],
  ['a timer that throws', "setTimeout(() => { throw new Error('late'); }, 0);"],
])('%s is a fault at its line, without a trace', async (_, statement) => {
  const ended = await run(statement);
  expect(ended.code).toBe(1);
  expect(failure(ended)).toMatchObject({ code: 'strategy-threw', at: { line: 12 } });
  expect(ended.stderr).not.toMatch(/\n\s+at .*:\d+:\d+\)/);
});

test('a process that ends before its work is done has failed', async () => {
  const exited = await run('process.exit(0);');
  expect([exited.code, failure(exited)]).toEqual([1, expect.objectContaining({ code: 'ended-early' })]);
  const waiting = await run('return;', {}, 'await new Promise(() => undefined);');
  expect([waiting.code, failure(waiting)]).toEqual([1, expect.objectContaining({ code: 'ended-early' })]);
});

test('Ctrl-C ends a strategy that never does', async () => {
  const begun = join(cwd, 'begun');
  const moment = (async () => {
    while (!existsSync(begun)) await sleep(20);
  })();
  const ended = await run(`writeFileSync(${JSON.stringify(begun)}, ''); for (;;);`, { signal: 'SIGINT', moment });
  expect(ended.code).toBe(130);
  expect(failure(ended)).toMatchObject({ code: 'interrupted', message: 'interrupted: nothing was written' });
});
