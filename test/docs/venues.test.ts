import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONFIDENCE } from '../../src/venue/facts.ts';
import { venuePresets } from '../../src/venue/resolve.ts';
import { ROOT } from '../support/modules.ts';

const page = readFileSync(join(ROOT, 'docs/venues.md'), 'utf8');
const rows = [...page.matchAll(/^\| `([^`]+)` \| (.+?) \|/gm)].map(([, name, text]) => [name!, text!] as const);

test('docs/venues.md has a row for every preset, in their order', () => {
  const names = rows.map(([name]) => name).filter((name) => !(name in CONFIDENCE));
  expect(names).toEqual(Object.keys(venuePresets));
});

test('docs/venues.md explains every word of confidence as the source does', () => {
  expect(rows.filter(([name]) => name in CONFIDENCE)).toEqual(
    Object.entries(CONFIDENCE).map(([name, meaning]) => [name, meaning.replace('’', "'")]),
  );
});
