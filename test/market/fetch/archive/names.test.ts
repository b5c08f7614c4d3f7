import { describe, expect, test } from 'vitest';
import { DAY, parseDate } from '../../../../src/core/time.ts';
import { namesOf, RENAMES } from '../../../../src/market/fetch/archive/names.ts';

const day = parseDate;
const assets = (asset: string, renames = RENAMES) => namesOf(asset, renames).map((name) => name.asset);

describe('the names of a coin', () => {
  test('are its own where it was never renamed', () => {
    expect(namesOf('BTC', RENAMES)).toEqual([{ asset: 'BTC', from: -Infinity, to: Infinity }]);
  });

  test('follow each other, overlapping by some days because announcements are by the day', () => {
    expect(namesOf('POL', RENAMES)).toEqual([
      { asset: 'MATIC', from: -Infinity, to: day('2024-09-13') + 7 * DAY },
      { asset: 'POL', from: day('2024-09-13') - 7 * DAY, to: Infinity },
    ]);
  });

  test('go back over several changes, and end where a name comes round again', () => {
    const renames = [
      { from: 'A', to: 'B', date: day('2021-01-01') },
      { from: 'B', to: 'C', date: day('2022-01-01') },
      { from: 'C', to: 'A', date: day('2020-01-01') },
      { from: 'B', to: 'A', date: day('2021-01-01') },
    ];
    expect(assets('C', renames)).toEqual(['C', 'A', 'B', 'C']);
  });

  test('do not overlap where a name was given to another coin', () => {
    expect(namesOf('LUNA', RENAMES)).toEqual([{ asset: 'LUNA', from: day('2022-05-28'), to: Infinity }]);
    expect(namesOf('LUNC', RENAMES)[0]).toEqual({ asset: 'LUNA', from: -Infinity, to: day('2022-05-28') });
  });

  test('are told with real days', () => {
    expect(RENAMES.filter(({ date }) => Number.isNaN(date))).toEqual([]);
  });
});
