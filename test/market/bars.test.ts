import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { barsOf, inferStep, lastPriceAt, openAt } from '../../src/market/bars.ts';

function stamped(time: readonly number[]) {
  const column = (shift: number) => Float64Array.from(time, (_, i) => 10 * (i + 1) + shift);
  return {
    time: Float64Array.from(time),
    lines: Float64Array.from(time, (_, i) => i + 2),
    columns: { open: column(0), high: column(3), low: column(-1), close: column(2), volume: column(0) },
  };
}

describe('barsOf', () => {
  test('a stamp of the close becomes that of the open, a millisecond early or not', () => {
    expect([...barsOf('f', stamped([DAY, 2 * DAY]), DAY, 'open').opens]).toEqual([DAY, 2 * DAY]);
    expect([...barsOf('f', stamped([2 * DAY, 3 * DAY]), DAY, 'close').opens]).toEqual([DAY, 2 * DAY]);
    expect([...barsOf('f', stamped([2 * DAY - 1, 3 * DAY - 1]), DAY, 'close').opens]).toEqual([DAY, 2 * DAY]);
  });

  test('stamps off the grid are an error that says which and where', () => {
    expect(() => barsOf('f.csv', stamped([0, HOUR, DAY, DAY + HOUR]), DAY, 'open')).toThrow(
      expect.objectContaining({
        code: 'bars-off-grid',
        message: '2 faults in f.csv; the first: f.csv: 1970-01-01T01:00Z is no open of a 1d bar',
        at: { file: 'f.csv', line: 3 },
      }),
    );
  });

  test('two stamps of one bar are an error', () => {
    expect(() => barsOf('f.csv', stamped([0, HOUR - 1, HOUR]), HOUR, 'open')).toThrow(
      expect.objectContaining({ code: 'bars-doubled' }),
    );
  });
});

test('the length of bars is their smallest distance, or the usual one where gaps hide it', () => {
  expect(inferStep(Float64Array.of(0, HOUR, 3 * HOUR, 4 * HOUR + 20), DAY)).toBe(HOUR);
  expect(inferStep(Float64Array.of(0, 2 * DAY), DAY)).toBe(DAY);
  expect(inferStep(Float64Array.of(0, 2 * HOUR, 5 * HOUR), HOUR)).toBe(HOUR);
  expect(inferStep(Float64Array.of(0), HOUR)).toBe(HOUR);
  expect(inferStep(Float64Array.of(0), null)).toBeUndefined();
  expect(inferStep(Float64Array.of(0, HOUR, HOUR + 13 * MINUTE), HOUR)).toBeUndefined();
});

describe('prices at a moment', () => {
  // Opens at 10 and 20, closes at 12 and 22; then nothing until hour 5.
  const bars = barsOf('f', stamped([0, HOUR, 5 * HOUR]), HOUR, 'open');

  test('an open is that of the bar opening exactly then', () => {
    expect(openAt(bars, HOUR)).toBe(20);
    expect(openAt(bars, HOUR + 1)).toBeNaN();
    expect(openAt(bars, 2 * HOUR)).toBeNaN();
    expect(openAt(bars, 9 * HOUR)).toBeNaN();
  });

  test('the last price is the open of the running bar, else the last close', () => {
    expect(lastPriceAt(bars, HOUR + 5 * MINUTE)).toEqual({ price: 20, time: HOUR });
    expect(lastPriceAt(bars, 2 * HOUR)).toEqual({ price: 22, time: 2 * HOUR });
    expect(lastPriceAt(bars, 4 * HOUR)).toEqual({ price: 22, time: 2 * HOUR });
    expect(lastPriceAt(bars, -1)).toBeUndefined();
  });
});
