import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadStrategy, shippedStrategies } from '../../src/strategy/load.ts';
import { ROOT } from '../support/modules.ts';

const page = readFileSync(join(ROOT, 'docs/strategies.md'), 'utf8');
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((text) => [/^`?([a-z -]+)`?/i.exec(text)![1]!, text]),
);
const rowsOf = (name: string): [string, string][] =>
  [...(sections.get(name) ?? '').matchAll(/^\| `(\w+)` \| (\S+) \|/gm)].map(([, key, value]) => [key!, value!]);
const shared = rowsOf('Parameters of the anchored strategies');

describe('docs/strategies.md', () => {
  test.each(shippedStrategies())('describes the parameters of %s with their defaults', async (name) => {
    const { strategy } = await loadStrategy(name, ROOT);
    const { properties = {} } = z.toJSONSchema(strategy.params, { io: 'input' });
    const expected = Object.entries(properties).map(([key, value]) => {
      const standard = typeof value === 'object' ? value.default : undefined;
      return [key, standard === undefined ? '–' : `\`${String(standard)}\``];
    });
    const own = rowsOf(name);
    // A strategy with an objective takes the parameters that all anchored ones share, unless its own table says otherwise.
    const inherited = 'objective' in properties ? shared.filter(([key]) => !own.some(([mine]) => mine === key)) : [];
    expect([...own, ...inherited].toSorted()).toEqual(expected.toSorted());
  });

  test('shows a strategy that loads', async () => {
    const [, source = ''] = /```ts\n(.*?)```/s.exec(page) ?? [];
    const folder = mkdtempSync(join(tmpdir(), 'kedge-docs-'));
    try {
      writeFileSync(join(folder, 'shown.ts'), source);
      const { strategy } = await loadStrategy('./shown.ts', folder);
      expect(strategy.name).toBe('buy-the-dip');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
