import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { readComparison } from '../../src/result/comparison-store.ts';
import { kedge, type Ended } from '../support/kedge.ts';

const NAME = 'sell-the-drift-or-hedge-it';

let cwd: string;
let duration: number;
/** Runs of the default experiment. */
let runs: number;
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'kedge-interrupt-'));
  const start = performance.now();
  await kedge(['compare'], { cwd });
  duration = performance.now() - start;
  runs = (await readComparison(join(cwd, 'reports', NAME))).results.length;
  rmSync(join(cwd, 'reports'), { recursive: true });
}, 60_000);
afterAll(() => rmSync(cwd, { recursive: true }));

/** Ends `kedge compare` by a signal at a moment drawn at random from its whole life. */
async function interrupted(signal: NodeJS.Signals, draw: number): Promise<Ended> {
  return kedge(['compare'], { cwd, signal, delay: draw * duration });
}

/** What is there under its final name is whole. */
async function expectWhole(): Promise<void> {
  const report = join(cwd, 'reports', `${NAME}.html`);
  if (existsSync(report)) expect(readFileSync(report, 'utf8').trimEnd().endsWith('</html>')).toBe(true);
  const directory = join(cwd, 'reports', NAME);
  if (existsSync(directory)) expect((await readComparison(directory)).results).toHaveLength(runs);
}

function leftovers(): string[] {
  return readdirSync(cwd, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.tmp') || name.includes('.kedge-'),
  );
}

describe('kedge compare, ended at any moment', () => {
  const random = createRandom(7, 'interrupt');
  const draws = Array.from({ length: 8 }, () => random.uniform());

  test.each(draws)(
    'by Ctrl-C (at %f of its life) keeps only what is whole and says what',
    async (draw) => {
      const { code, stderr } = await interrupted('SIGINT', draw);
      // Before the signal is listened to, it ends the process itself (null); after the last step there is nothing left to stop.
      expect([0, 130, null]).toContain(code);
      if (code === 130) expect(stderr).toMatch(/interrupted: (nothing was written|the runs are kept in reports)/);
      await expectWhole();
      expect(leftovers()).toEqual([]);
      rmSync(join(cwd, 'reports'), { recursive: true, force: true });
    },
    60_000,
  );

  test.each(draws)(
    'by a kill (at %f of its life) leaves nothing half-written under a final name',
    async (draw) => {
      await interrupted('SIGKILL', draw);
      await expectWhole();
      const { code } = await kedge(['compare'], { cwd });
      expect(code).toBe(0);
      await expectWhole();
    },
    60_000,
  );
});
