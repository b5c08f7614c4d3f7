import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SERIES_KINDS, catalogSchema } from '../../src/market/load/catalog-schema.ts';
import { ROOT } from '../support/modules.ts';

const page = readFileSync(join(ROOT, 'docs/data.md'), 'utf8');

test('docs/data.md describes every key of a series, and none that is gone', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key!);
  expect(rows.toSorted()).toEqual(Object.keys(catalogSchema.shape.series.element.shape).toSorted());
});

test('docs/data.md names every kind of series', () => {
  const [row = ''] = /^\| `kind` .*$/m.exec(page) ?? [];
  expect(SERIES_KINDS.filter((kind) => !row.includes(`\`${kind}\``))).toEqual([]);
});

test.each([
  ['docs/data.md', page],
  ['README.md', readFileSync(join(ROOT, 'README.md'), 'utf8')],
])('the catalog shown in %s is one', (_, text) => {
  const [, shown = ''] = /```json\n(.*?)```/s.exec(text) ?? [];
  expect(
    catalogSchema.safeParse(JSON.parse(shown.replaceAll('"sha256": "…"', `"sha256": "${'0'.repeat(64)}"`))).error,
  ).toBeUndefined();
});
