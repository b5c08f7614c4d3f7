import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  ALTS,
  catalog,
  changes,
  COINS,
  correlation,
  covariance,
  DAY,
  dayOf,
  mean,
  prices,
  readTable,
  returns,
  SAMPLE,
  spot,
  YEAR,
} from '../support/sample.ts';

// The figures that the bundled sample has to meet (spec: data.md, "The bundled sample"): prices.

const REAL = join(import.meta.dirname, '../../../shared/data/prices-1d');

function deepestFall(values: readonly number[]): number {
  let peak = 0;
  return Math.max(...values.map((price) => 1 - price / (peak = Math.max(peak, price))));
}

/** Autocorrelation at lags 1 to 20. */
function autocorrelations(values: readonly number[]): number[] {
  const [middle, variance] = [mean(values), covariance(values, values)];
  return Array.from({ length: 20 }, (_, k) => {
    const products = values.slice(k + 1).map((value, i) => (value - middle) * (values[i]! - middle));
    return products.reduce((sum, value) => sum + value, 0) / values.length / variance;
  });
}

describe.each(COINS)('the sample of %s', (coin) => {
  const daily = returns[coin]!;

  test('has 1827 days, 2020-01-01 to 2024-12-31, without a gap', () => {
    const { time } = spot[coin]!;
    expect(time[0]).toBe(Date.parse('2020-01-01'));
    expect(time.at(-1)).toBe(Date.parse('2024-12-31'));
    expect(new Set(changes(time))).toEqual(new Set([DAY]));
  });

  test.each(['prices-1d', 'perp-1d', 'mark-1d'])('has sane bars in %s, each opening where the last one closed', (folder) => {
    const { time, column } = readTable(`${folder}/${coin}.csv`);
    const [open, high, low, close] = [column('open'), column('high'), column('low'), column('close')];
    const wrong = time.filter((_, i) => {
      const sane = 0 < low[i]! && low[i]! <= Math.min(open[i]!, close[i]!) && Math.max(open[i]!, close[i]!) <= high[i]!;
      return !sane || (i > 0 && open[i] !== close[i - 1]);
    });
    expect(wrong).toEqual([]);
  });

  test('trades every day', () => {
    expect(Math.min(...spot[coin]!.column('volume'))).toBeGreaterThan(0);
  });

  test('is as volatile as its kind', () => {
    const [least, most] = coin === 'BTC' ? [0.55, 0.75] : [0.75, 1.1];
    const yearly = Math.sqrt((covariance(daily, daily) * YEAR) / DAY);
    expect(yearly).toBeGreaterThan(least);
    expect(yearly).toBeLessThan(most);
  });

  test('has fat tails: an excess kurtosis between 3 and 25', () => {
    const middle = mean(daily);
    const excess = mean(daily.map((value) => (value - middle) ** 4)) / covariance(daily, daily) ** 2 - 3;
    expect(excess).toBeGreaterThan(3);
    expect(excess).toBeLessThan(25);
  });

  test.each([
    ['log', daily],
    ['simple', daily.map(Math.expm1)],
  ])('clusters its volatility: absolute %s returns stay correlated for 20 days, less and less', (_, each) => {
    const found = autocorrelations(each.map(Math.abs));
    expect(Math.min(...found)).toBeGreaterThan(0);
    expect(mean(found.slice(0, 5))).toBeGreaterThan(mean(found.slice(15)));
  });

  test('once falls by 60 to 97 %', () => {
    expect(deepestFall(prices[coin]!)).toBeGreaterThan(0.6);
    expect(deepestFall(prices[coin]!)).toBeLessThan(0.97);
  });

  test.skipIf(!existsSync(REAL))('is not the history of the coin it is named after', () => {
    const real = readTable(`${coin}.csv`, REAL);
    const close = new Map(real.time.map((time, i) => [time, real.column('close')[i]!]));
    const both = spot[coin]!.time.flatMap((time, i) => {
      const change = close.get(time)! / close.get(time - DAY)!;
      return Number.isFinite(change) ? [{ ours: daily[i]!, theirs: Math.log(change) }] : [];
    });
    expect(both.length).toBeGreaterThan(1000);
    const { ours, theirs } = { ours: both.map((pair) => pair.ours), theirs: both.map((pair) => pair.theirs) };
    expect(Math.abs(correlation(ours, theirs))).toBeLessThan(0.1);
  });
});

test('the sample tells of a bull market in 2020 and 2021, a bear market in 2022, a recovery in 2023 and 2024', () => {
  const priceAt = (date: string) => prices['BTC']![dayOf(date)]!;
  expect(priceAt('2022-01-01') / priceAt('2020-01-01')).toBeGreaterThan(3);
  expect(priceAt('2023-01-01') / priceAt('2022-01-01')).toBeLessThan(0.6);
  expect(priceAt('2025-01-01') / priceAt('2023-01-01')).toBeGreaterThan(1.5);
});

describe.each(ALTS)('%s follows Bitcoin', (coin) => {
  const [bitcoin, alt] = [returns['BTC']!, returns[coin]!];
  const window = (first: number, days: number) => {
    const [x, y] = [bitcoin.slice(first, first + days), alt.slice(first, first + days)];
    return { first, beta: covariance(x, y) / covariance(x, x), correlation: correlation(x, y) };
  };
  const years = Array.from({ length: alt.length - 365 + 1 }, (_, first) => window(first, 365));
  const apart = years.filter((year) => year.beta < 0.8 || year.beta > 1.6 || year.correlation < 0.5 || year.correlation > 0.85);

  if (coin === 'DOGE') {
    test('but for the years that hold its solo mania of early 2021', () => {
      expect(Math.min(...apart.map((year) => year.correlation))).toBeLessThan(0.5);
      expect(apart.length / years.length).toBeLessThan(0.25);
      for (const { first } of apart) expect(first).toBeLessThan(dayOf('2021-06-01'));
    });
  } else {
    test('with a beta of 0.8 to 1.6 and a correlation of 0.5 to 0.85 in every year', () => {
      expect(apart).toEqual([]);
    });
  }

  test('less closely in some quarters than in others', () => {
    const quarters = Array.from({ length: 20 }, (_, i) => window(i * 90, 90).correlation);
    expect(Math.min(...quarters)).toBeLessThan(Math.max(...quarters) - 0.2);
  });
});

describe('the sample as a whole', () => {
  test('takes less than 3 MB', () => {
    const files = readdirSync(SAMPLE, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
    expect(bytes).toBeLessThan(3_000_000);
  });

  test('says that it is synthetic', () => {
    expect(catalog.kind).toBe('synthetic');
  });
});
