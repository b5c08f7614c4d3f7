import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatDate, parseDate } from '../../src/core/time.ts';
import type { GainColumns, TaxLedger } from '../../src/tax/ledger.ts';
import type { LotMethod } from '../../src/tax/methods.ts';
import { openTaxLedger } from '../../src/tax/open-ledger.ts';
import { STRATEGY, usSetup } from '../support/tax.ts';

interface Event {
  seq: number;
  date: string;
  time?: string;
  type: 'buy' | 'sell' | 'income';
  asset: string;
  qty: number;
  gross: number;
  fee?: number;
  feeInAsset?: number;
}

interface Part {
  acquired: string;
  qty: number;
  cost: number;
  proceeds: number;
  gain: number;
  term: 'short' | 'long';
}

interface Example {
  id: string;
  title: string;
  method: LotMethod;
  events: Event[];
  expected: {
    disposals: { date: string; qty: number; proceeds: number; cost: number; gain: number; parts?: Part[] }[];
    byYear: Record<string, { gain: number; shortTerm?: number; longTerm?: number }>;
    closing: { qty: number; cost: number }[];
  };
  tolerance: number;
}

const { examples } = JSON.parse(readFileSync(new URL('lot-matching.json', import.meta.url), 'utf8')) as { examples: Example[] };

describe.each(examples)('$id: $title', ({ method, events, expected, tolerance }) => {
  const near = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThanOrEqual(tolerance);
  const { ledger, gains, starts } = replay(method, events);

  test('every disposal has the published proceeds, cost and gain', () => {
    const sums = starts.map((start, sale) => sumRows(gains, start, starts[sale + 1] ?? gains.gain.length));
    expect(sums).toHaveLength(expected.disposals.length);
    expected.disposals.forEach((disposal, sale) => {
      near(sums[sale]!.quantity, disposal.qty);
      near(sums[sale]!.proceeds, disposal.proceeds);
      near(sums[sale]!.cost, disposal.cost);
      near(sums[sale]!.gain, disposal.gain);
    });
  });

  test('every part comes from the right lot, with the right term (average cost has no parts)', () => {
    const parts = expected.disposals.flatMap(({ parts = [] }) => parts);
    if (method === 'average-moving') return expect(parts).toEqual([]);
    expect(Array.from(gains.acquired, formatDate)).toEqual(parts.map(({ acquired }) => acquired));
    expect(gains.class).toEqual(parts.map(({ term }) => term));
    parts.forEach((part, row) => {
      near(gains.quantity[row]!, part.qty);
      near(gains.cost[row]!, part.cost);
      near(gains.proceeds[row]!, part.proceeds);
      near(gains.gain[row]!, part.gain);
    });
  });

  test('every year has the published result', () => {
    const years = new Map(ledger.years().map(({ start, results }) => [formatDate(start).slice(0, 4), results]));
    for (const [year, { gain, shortTerm, longTerm }] of Object.entries(expected.byYear)) {
      const { short = NaN, long = NaN } = years.get(year) ?? {};
      near(short + long, gain);
      if (shortTerm !== undefined) near(short, shortTerm);
      if (longTerm !== undefined) near(long, longTerm);
    }
  });

  test('what is left has the published quantity and cost', () => {
    const left = ledger.lots(0, ledger.yearEnd);
    near(ledger.quantity(0), sumOf(expected.closing.map(({ qty }) => qty)));
    near(ledger.basis(0), sumOf(expected.closing.map(({ cost }) => cost)));
    if (method === 'average-moving') return;
    expect(left).toHaveLength(expected.closing.length);
    expected.closing.forEach(({ qty, cost }, lot) => {
      near(left[lot]!.quantity, qty);
      near(left[lot]!.cost, cost);
    });
  });
});

/** Enters the events and closes all years; `starts` holds the first gain line of each disposal. */
function replay(method: LotMethod, events: Event[]): { ledger: TaxLedger; gains: GainColumns; starts: number[] } {
  const first = momentOf(events[0]!);
  const assets = [events[0]!.asset];
  const ledger = openTaxLedger(usSetup({ lots: method }), {
    assets,
    contracts: [],
    start: first,
    currency: 'USD',
    keepGains: true,
  });
  const starts: number[] = [];
  for (const event of events) {
    const { type, qty, gross, fee = 0, feeInAsset = 0 } = event;
    const time = momentOf(event);
    ledger.closeYears(time);
    if (type === 'sell') {
      starts.push(ledger.gains().gain.length);
      ledger.dispose(0, qty + feeInAsset, gross, fee, time, STRATEGY);
    } else ledger.acquire(0, qty, gross, fee, time);
  }
  ledger.closeYears(ledger.yearEnd);
  return { ledger, gains: ledger.gains(), starts };
}

function momentOf({ date, time = '00:00:00' }: Event): number {
  const [hours, minutes, seconds] = time.split(':').map(Number);
  return parseDate(date) + ((hours! * 60 + minutes!) * 60 + seconds!) * 1000;
}

function sumOf(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function sumRows(gains: GainColumns, from: number, to: number): Record<'quantity' | 'proceeds' | 'cost' | 'gain', number> {
  const sum = (column: Float64Array): number => sumOf([...column.subarray(from, to)]);
  return { quantity: sum(gains.quantity), proceeds: sum(gains.proceeds), cost: sum(gains.cost), gain: sum(gains.gain) };
}
