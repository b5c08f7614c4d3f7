import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { measure } from '../../src/analysis/measure.ts';
import { fakeResult } from '../support/result.ts';
import { ROOT } from '../support/modules.ts';

test('docs/metrics.md defines every metric of a run, and none that is gone', () => {
  const [table = ''] = /^## Metrics$.*?(?=^## )/ms.exec(readFileSync(join(ROOT, 'docs/metrics.md'), 'utf8')) ?? [];
  const defined = [...table.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, names]) => names!.replaceAll('`', '').split(', '));
  expect(defined.toSorted()).toEqual(Object.keys(measure(fakeResult())).toSorted());
});
