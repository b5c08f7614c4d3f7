import { beforeAll, describe, expect, test, vi } from 'vitest';
import { toDataFrame } from '../../src/analysis/data-frame.ts';
import { fakeResult } from '../support/result.ts';

const installed = await import('danfojs-node').then(
  () => true,
  () => false,
);

describe.skipIf(!installed)('a DataFrame of a result (needs the optional package danfojs-node)', () => {
  const { time, equity, full } = fakeResult({ family: 'spot', bars: 40 });

  test('holds times and prices to the last bit', async () => {
    const frame = await toDataFrame({ time, equity });
    expect(frame.columns).toEqual(['time', 'equity']);
    expect(frame.shape).toEqual([40, 2]);
    frame.values.forEach((row, bar) => expect(row).toEqual([time[bar], equity[bar]]));
  });

  test('holds text beside numbers, and NaN as NaN', async () => {
    const frame = await toDataFrame({ symbol: ['BTC', 'ETH'], ratio: Float64Array.of(NaN, 1.5) });
    expect(frame.values).toEqual([
      ['BTC', NaN],
      ['ETH', 1.5],
    ]);
  });

  test('of fills can be made from their columns', async () => {
    const { symbol, price, quantity } = full!.fills;
    const frame = await toDataFrame({ symbol, price, quantity });
    expect(frame['symbol'].values).toEqual([...symbol]);
    expect(frame['price'].values).toEqual(Array.from(price));
  });

  test('may have no rows', async () => {
    const frame = await toDataFrame({ time: new Float64Array(), tag: [] });
    expect([frame.columns, frame.values]).toEqual([['time', 'tag'], []]);
  });
});

test('columns of different lengths are refused by name', async () => {
  await expect(toDataFrame({ time: [1, 2, 3], equity: [1, 2] })).rejects.toMatchObject({
    code: 'columns-unequal',
    message: 'column equity has 2 values, time has 3',
  });
});

describe('without the package', () => {
  beforeAll(() => {
    vi.doMock('danfojs-node', () => {
      throw new Error('Cannot find package');
    });
    return () => vi.doUnmock('danfojs-node');
  });

  test('the error says what to install', async () => {
    vi.resetModules();
    const { toDataFrame: fresh } = await import('../../src/analysis/data-frame.ts');
    await expect(fresh({ time: [1] })).rejects.toMatchObject({
      code: 'package-missing',
      hint: expect.stringContaining('danfojs-node'),
    });
  });
});
