import { describe, expect, test } from 'vitest';
import {
  catalog,
  changes,
  COINS,
  correlation,
  DAY,
  dayOf,
  farthest,
  mean,
  median,
  prices,
  readTable,
  spot,
  YEAR,
} from '../support/sample.ts';

// The figures that the bundled sample has to meet (spec: data.md, "The bundled sample"): perpetuals, funding, futures.

function share(values: readonly number[], holds: (value: number) => boolean): number {
  return values.filter(holds).length / values.length;
}

describe.each(COINS)('funding of %s', (coin) => {
  const { time, column } = readTable(`funding/${coin}.csv`);
  const rates = column('rate');

  test('settles every 8 hours: three times in each daily bar, the last time as the last bar closes', () => {
    expect(time.length).toBe(3 * 1827);
    expect(time[0]).toBe(Date.parse('2020-01-01T08:00Z'));
    expect(new Set(changes(time))).toEqual(new Set([DAY / 3]));
  });

  test('has the median, the shares and the bounds of real prints', () => {
    expect(median(rates)).toBe(0.0001);
    const [positive, exact] = [share(rates, (rate) => rate > 0), share(rates, (rate) => rate === 0.0001)];
    expect([positive > 0.8, positive < 0.92]).toEqual([true, true]);
    expect([exact > 0.25, exact < 0.45]).toEqual([true, true]);
    expect(Math.max(...rates.map(Math.abs))).toBeLessThanOrEqual(0.003);
  });

  test('follows the mood: with the return of 30 days, dear in manias, negative in crashes', () => {
    const price = prices[coin]!;
    const moods = time.map((moment) => Math.log(price[dayOf(moment)]! / price[Math.max(0, dayOf(moment) - 30)]!));
    expect(correlation(rates, moods)).toBeGreaterThan(0.3);
    const byMood = rates.map((rate, i) => ({ rate, mood: moods[i]! })).sort((a, b) => a.mood - b.mood);
    const manias = byMood.slice(-Math.floor(byMood.length / 10)).map(({ rate }) => rate);
    const crashes = byMood.slice(0, Math.floor(byMood.length / 100)).map(({ rate }) => rate);
    expect(mean(manias)).toBeGreaterThan(0.0003);
    expect(mean(crashes)).toBeLessThan(0.00005);
    expect(Math.min(...crashes)).toBeLessThan(-0.0002);
  });

  test('is settled on a mark within the range of its day', () => {
    const mark = readTable(`mark-1d/${coin}.csv`);
    const [high, low] = [mark.column('high'), mark.column('low')];
    const outside = column('mark_price').filter((price, i) => {
      const bar = dayOf(time[i]! - 1);
      return price < low[bar]! || price > high[bar]!;
    });
    expect(outside).toEqual([]);
  });
});

test('funding of BTC has the mean of real prints', () => {
  const average = mean(readTable('funding/BTC.csv').column('rate'));
  expect(average).toBeGreaterThan(0.00008);
  expect(average).toBeLessThan(0.00015);
});

describe.each(COINS)('the perpetual of %s', (coin) => {
  const [perpetual, mark] = [readTable(`perp-1d/${coin}.csv`), readTable(`mark-1d/${coin}.csv`)];
  const index = spot[coin]!.column('close');

  test('trades close to spot and is marked close to its trades', () => {
    const premiums = perpetual.column('close').map((price, i) => price / index[i]! - 1);
    expect(Math.abs(median(premiums))).toBeLessThan(0.001);
    expect(Math.max(...premiums.map(Math.abs))).toBeLessThan(0.01);
    expect(farthest(mark.column('close'), perpetual.column('close'))).toBeLessThan(0.003);
  });

  test('has bars, marks and open interest on every day of spot', () => {
    const interest = readTable(`open-interest/${coin}.csv`);
    for (const { time } of [perpetual, mark, interest]) expect(time).toEqual(spot[coin]!.time);
    expect(Math.min(...interest.column('open_interest'))).toBeGreaterThan(0);
  });
});

describe('quarterly futures', () => {
  const contracts = catalog.series
    .filter(({ kind }) => kind === 'future')
    .map(({ symbol, file, expiry, settlement }) => {
      const { time, column } = readTable(file!);
      const [close, index, ends] = [column('close'), prices[symbol.slice(0, 3)]!, Date.parse(expiry!)];
      const bars = time.map((open, i) => {
        const left = ends - open - DAY;
        const basis = close[i]! / index[dayOf(open) + 1]! - 1;
        return { open, left, basis, yearly: (basis * YEAR) / left };
      });
      return { symbol, ends, settlement, bars };
    });

  test('there is always one with at least a week to go, of Bitcoin and of Ether', () => {
    for (const coin of ['BTC', 'ETH']) {
      const own = contracts.filter(({ symbol }) => symbol.startsWith(coin)).flatMap(({ bars }) => bars);
      expect(new Set(own.filter(({ left }) => left > 7 * DAY).map(({ open }) => open)).size).toBe(1827);
    }
  });

  test('expire on the last Friday of a quarter at 08:00 UTC, and are named after that day', () => {
    for (const { symbol, ends } of contracts) {
      const [moment, weekLater] = [new Date(ends), new Date(ends + 7 * DAY)];
      expect([moment.getUTCDay(), moment.getUTCHours()]).toEqual([5, 8]);
      expect([2, 5, 8, 11]).toContain(moment.getUTCMonth());
      expect(weekLater.getUTCMonth()).not.toBe(moment.getUTCMonth());
      expect(symbol.slice(4)).toBe(moment.toISOString().slice(2, 10).replaceAll('-', ''));
    }
  });

  test('trade at a yearly basis whose median is 4 to 14 %', () => {
    const yearly = contracts.flatMap(({ bars }) => bars.filter(({ left }) => left > 3 * DAY).map((bar) => bar.yearly));
    expect(median(yearly)).toBeGreaterThan(0.04);
    expect(median(yearly)).toBeLessThan(0.14);
  });

  test('converge: the basis of the last bar before expiry is under 6 basis points', () => {
    const eves = contracts.flatMap(({ bars }) => bars.filter(({ left }) => left < DAY));
    expect(eves.length).toBe(40);
    expect(Math.max(...eves.map(({ basis }) => Math.abs(basis)))).toBeLessThan(0.0006);
  });

  test('settle within the range of spot on their last day', () => {
    const settled = contracts.filter(({ settlement }) => settlement !== undefined);
    expect(settled.length).toBe(40);
    for (const { symbol, ends, settlement } of settled) {
      const { column } = spot[symbol.slice(0, 3)]!;
      expect(settlement).toBeLessThanOrEqual(column('high')[dayOf(ends)]!);
      expect(settlement).toBeGreaterThanOrEqual(column('low')[dayOf(ends)]!);
    }
  });
});
