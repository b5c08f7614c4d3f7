import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR } from '../../src/core/time.ts';
import { FUNDING_READINGS } from '../../src/tax/funding.ts';
import type { GainColumns, TaxLedger } from '../../src/tax/ledger.ts';
import { LOT_METHODS, POOLED_METHODS } from '../../src/tax/methods.ts';
import type { TaxSetup } from '../../src/tax/setup.ts';
import { STRATEGY, anyMethod, at, openUs } from '../support/tax.ts';

const NAMES = ['BTC', 'ETH', 'SOL'];
const ASSETS = [0, 1];
const UNUSED = 2;
const PERP = 0;

/** One thing that happens to an account. Sales are shares of what is held, so that any sequence is possible. */
type Act =
  | { kind: 'buy'; asset: number; quantity: number; price: number; hours: number }
  | { kind: 'sell'; asset: number; share: number; price: number; hours: number }
  | { kind: 'reduce'; share: number; result: number; fee: number; funding: number; hours: number };

const asset = fc.constantFrom(...ASSETS);
const price = fc.integer({ min: 1, max: 60 }).map((steps) => steps * 250);
// Up to four months apart, so that twenty acts span leap days, anniversaries and year ends; often within a window of 30 days.
const hours = fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 800 }));
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('buy' as const),
      asset,
      quantity: fc.double({ min: 1e-3, max: 50, noNaN: true }),
      price,
      hours,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('sell' as const),
      asset,
      share: fc.constantFrom(0.1, 0.25, 0.5, 0.9, 1),
      price,
      hours,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('reduce' as const),
      share: fc.constantFrom(0.25, 0.5, 1),
      result: fc.integer({ min: -50_000, max: 50_000 }),
      fee: fc.integer({ min: 0, max: 50 }),
      funding: fc.integer({ min: -500, max: 500 }),
      hours,
    }),
  },
);
const history = fc.array(act, { maxLength: 40 });
/** Over several years. */
const longHistory = fc.array(act, { minLength: 20, maxLength: 60, size: 'max' });
// Moving average twice: as it is, and with superficial losses.
const VARIANTS: readonly Partial<TaxSetup>[] = [
  ...LOT_METHODS.map((lots) => ({ regime: anyMethod(), lots })),
  { regime: anyMethod({ superficialLoss: { daysBefore: 30, daysAfter: 30 } }), lots: 'average-moving' },
];
const variant = fc.constantFrom(...VARIANTS);
const method = fc.constantFrom(...POOLED_METHODS);

/** Plays a history from 2023-01-01 on and returns the ledger at its last moment. `watch` is called after each act. */
function play(
  acts: readonly Act[],
  setup: Partial<TaxSetup>,
  keepGains = true,
  tellLots = false,
  watch: (ledger: TaxLedger, time: number) => void = () => {},
): { ledger: TaxLedger; time: number } {
  const ledger = openUs(setup, keepGains, tellLots);
  let time = at('2023-01-01');
  for (const one of acts) {
    time += one.hours * HOUR;
    ledger.closeYears(time);
    if (one.kind !== 'reduce') ledger.see(sum(NAMES.map((_, asset) => ledger.quantity(asset) * one.price)));
    perform(ledger, one, time);
    watch(ledger, time);
  }
  return { ledger, time };
}

function perform(ledger: TaxLedger, one: Act, time: number): void {
  switch (one.kind) {
    case 'buy':
      return ledger.acquire(one.asset, one.quantity, one.quantity * one.price, one.price / 100, time);
    case 'sell': {
      const quantity = ledger.quantity(one.asset) * one.share;
      if (quantity > 0) ledger.dispose(one.asset, quantity, quantity * one.price, one.price / 100, time, STRATEGY);
      return;
    }
    case 'reduce':
      ledger.contractFee(PERP, one.fee, time);
      ledger.contractFunding(PERP, one.funding, time);
      return ledger.contractReduce(PERP, one.share, one.result, time, STRATEGY);
    default:
      return one satisfies never;
  }
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
/** Equal to 1e-9 of the money that went through the account. */
const expectNear = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * 1e8);

function spotLines({ asset, kind, class: classes, gain }: GainColumns): { name: string; gain: number }[] {
  const lines = asset.map((each, row) => ({ name: `${each} ${classes[row]}`, gain: gain[row]!, kind: kind[row] }));
  return lines.filter((line) => line.kind === 'spot');
}

describe('for any history', () => {
  test('units and cost are conserved', () => {
    fc.assert(
      fc.property(history, variant, (acts, setup) => {
        const { ledger, time } = play(acts, setup);
        const gains = ledger.gains();
        const paid = (buys: { quantity: number; price: number }[]): number =>
          sum(buys.map(({ quantity, price }) => quantity * price + price / 100));
        const costOf = (rows: number[]): number => sum(rows.map((row) => gains.cost[row]! - gains.denied[row]!));
        const spot = gains.kind.flatMap((kind, row) => (kind === 'spot' ? [row] : []));
        expectNear(
          paid(acts.filter((one) => one.kind === 'buy')),
          sum(ASSETS.map((asset) => ledger.basis(asset))) + costOf(spot),
        );
        for (const asset of ASSETS) {
          const buys = acts.filter((one) => one.kind === 'buy').filter((one) => one.asset === asset);
          const rows = gains.kind.map((kind, row) => (kind === 'spot' && gains.asset[row] === NAMES[asset] ? row : -1));
          const used = rows.filter((row) => row >= 0);
          expectNear(
            sum(buys.map(({ quantity }) => quantity)),
            ledger.quantity(asset) + sum(used.map((row) => gains.quantity[row]!)),
          );
          // The portfolio method knows the cost of all coins together only.
          if (setup.lots !== 'fr-portfolio') expectNear(paid(buys), ledger.basis(asset) + costOf(used));
          const views = ledger.lots(asset, time);
          expectNear(sum(views.map(({ quantity }) => quantity)), ledger.quantity(asset));
          expectNear(sum(views.map(({ cost }) => cost)), ledger.basis(asset));
          expect(views.every(({ quantity }) => quantity > 0)).toBe(true);
          expect(views.map(({ acquired }) => acquired)).toEqual(views.map(({ acquired }) => acquired).sort((a, b) => a - b));
        }
      }),
    );
  });

  test('the gain of a whole life is the same under every method', () => {
    fc.assert(
      fc.property(history, price, (acts, last) => {
        const end: Act[] = ASSETS.map((asset) => ({ kind: 'sell', asset, share: 1, price: last, hours: 1 }));
        const totals = VARIANTS.map((setup) => sum(play([...acts, ...end], setup).ledger.gains().gain));
        for (const total of totals) expectNear(total, totals[0]!);
      }),
    );
  });

  test('gain lines add up to the results of the years', () => {
    fc.assert(
      fc.property(history, variant, fc.constantFrom(...FUNDING_READINGS), (acts, setup, funding) => {
        const { ledger } = play(acts, { ...setup, funding });
        ledger.closeYears(ledger.yearEnd);
        const years = sum(ledger.years().flatMap(({ results }) => Object.values(results)));
        expectNear(years, sum(ledger.gains().gain));
      }),
    );
  });

  test('splitting a sale in the same moment changes nothing', () => {
    fc.assert(
      fc.property(history, variant, asset, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (acts, setup, asset, share) => {
        const [whole, split] = [play(acts, setup), play(acts, setup)];
        const quantity = whole.ledger.quantity(asset) / 2;
        if (quantity === 0) return;
        const sell = ({ ledger, time }: typeof whole, part: number): void =>
          ledger.dispose(asset, quantity * part, 7_000 * quantity * part, 70 * part, time, STRATEGY);
        sell(whole, 1);
        sell(split, share);
        sell(split, 1 - share);
        expectNear(whole.ledger.accrued(), split.ledger.accrued());
        expectNear(whole.ledger.basis(asset), split.ledger.basis(asset));
        expectNear(whole.ledger.quantity(asset), split.ledger.quantity(asset));
      }),
    );
  });

  test('deferred tax is what selling everything adds to the bill, whether or not a year has just ended', () => {
    const unrealised = fc.integer({ min: -20_000, max: 20_000 });
    fc.assert(
      fc.property(history, variant, price, unrealised, fc.boolean(), (acts, setup, now, result, closed) => {
        const { ledger, time: last } = play(acts, setup);
        const sold = play(acts, setup).ledger;
        const time = closed ? last : ledger.yearEnd;
        const proceeds = Float64Array.from(NAMES, (_, asset) => ledger.quantity(asset) * now);
        const deferred = ledger.deferred(proceeds, Float64Array.of(result), time);
        ASSETS.forEach((asset) => {
          if (proceeds[asset]! > 0) sold.dispose(asset, sold.quantity(asset), proceeds[asset]!, 0, time, STRATEGY);
        });
        sold.contractReduce(PERP, 1, result, time, STRATEGY);
        expectNear(deferred, sold.accrued() - ledger.accrued());
      }),
    );
  });

  test('deferred tax agrees with a sum over all lots', () => {
    fc.assert(
      fc.property(history, method, price, (acts, lots, now) => {
        const { ledger, time } = play(acts, { lots });
        const proceeds = Float64Array.from(NAMES, (_, asset) => ledger.quantity(asset) * now);
        const views = ASSETS.flatMap((asset) => ledger.lots(asset, time));
        const gainOf = (longTerm: boolean): number =>
          sum(views.filter((lot) => lot.longTerm === longTerm).map(({ quantity, cost }) => quantity * now - cost));
        // The same gains, realised by other means: the short one by the contract, the long one by an old lot of an unused coin.
        const other = play(acts, { lots }).ledger;
        other.acquire(UNUSED, 1, 0, 0, at('2015-01-01'));
        other.dispose(UNUSED, 1, gainOf(true), 0, time, STRATEGY);
        other.contractReduce(PERP, 1, gainOf(false), time, STRATEGY);
        expectNear(ledger.deferred(proceeds, new Float64Array(1), time), other.accrued() - ledger.accrued());
      }),
    );
  });

  test('the tax of a sale looked at in advance is the tax of that sale', () => {
    fc.assert(
      fc.property(history, variant, asset, fc.constantFrom(0.1, 0.5, 0.999, 1), price, (acts, setup, asset, share, now) => {
        const { ledger, time } = play(acts, setup);
        const quantity = ledger.quantity(asset) * share;
        const before = { accrued: ledger.accrued(), lots: ledger.lots(asset, time), next: ledger.nextLotQuantity(asset) };
        const foreseen = ledger.taxIfSold(asset, quantity, quantity * now, time);
        expect({ accrued: ledger.accrued(), lots: ledger.lots(asset, time), next: ledger.nextLotQuantity(asset) }).toEqual(
          before,
        );
        if (quantity > 0) ledger.dispose(asset, quantity, quantity * now, 0, time, STRATEGY);
        expectNear(foreseen, ledger.accrued() - before.accrued);
      }),
    );
  });

  test('a lean ledger knows the same tax and lots as a full one', () => {
    fc.assert(
      fc.property(history, variant, (acts, setup) => {
        const [full, lean] = [play(acts, setup), play(acts, setup, false)];
        expect(lean.ledger.accrued()).toBe(full.ledger.accrued());
        expect(lean.ledger.years()).toEqual(full.ledger.years());
        for (const asset of ASSETS) expect(lean.ledger.lots(asset, lean.time)).toEqual(full.ledger.lots(asset, full.time));
      }),
    );
  });

  test.each(POOLED_METHODS)('the general ledger knows at every moment what the fast one knows under %s', (lots) => {
    fc.assert(
      fc.property(longHistory, price, (acts, now) => {
        const deferred: Record<'fast' | 'general', number[]> = { fast: [], general: [] };
        const valued = (as: 'fast' | 'general') => (ledger: TaxLedger, time: number) => {
          const proceeds = Float64Array.from(NAMES, (_, asset) => ledger.quantity(asset) * now);
          deferred[as].push(ledger.deferred(proceeds, new Float64Array(1), time));
        };
        const fast = play(acts, { lots }, true, false, valued('fast'));
        const general = play(acts, { lots }, true, true, valued('general'));
        deferred.fast.forEach((tax, k) => expectNear(tax, deferred.general[k]!));
        expectNear(fast.ledger.accrued(), general.ledger.accrued());
        const [a, b] = [fast, general].map(({ ledger }) => spotLines(ledger.gains()));
        expect(b!.map(({ name }) => name)).toEqual(a!.map(({ name }) => name));
        a!.forEach(({ gain }, row) => expectNear(gain, b![row]!.gain));
        for (const asset of ASSETS) {
          expectNear(fast.ledger.nextLotQuantity(asset), general.ledger.nextLotQuantity(asset));
          expect(general.ledger.lots(asset, general.time).length).toBe(fast.ledger.lots(asset, fast.time).length);
        }
      }),
    );
  });

  test('higher rates never lower the sum of all bills', () => {
    const rate = fc.double({ min: 0, max: 0.5, noNaN: true });
    const all = (acts: Act[], setup: Partial<TaxSetup>, short: number, long: number): number => {
      const { ledger } = play(acts, { ...setup, rates: { short, long } });
      ledger.closeYears(ledger.yearEnd);
      return sum(ledger.years().map(({ tax }) => tax));
    };
    fc.assert(
      fc.property(history, variant, rate, rate, rate, rate, (acts, setup, short, long, moreShort, moreLong) => {
        const low = all(acts, setup, short, long);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(all(acts, setup, short + moreShort, long + moreLong)).toBeGreaterThanOrEqual(low - 1e-6);
      }),
    );
  });
});
