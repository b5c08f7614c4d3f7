import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { figuresIn } from '../../src/tax/by-year.ts';
import { describeRegime } from '../../src/tax/describe-regime.ts';
import { findRegime } from '../../src/tax/regimes.ts';
import { FILINGS, NIIT_RATE, NIIT_THRESHOLDS, US_SCALES } from '../../src/tax/regimes/us-figures.ts';
import { ratesOf } from '../../src/tax/resolve.ts';
import { assessYears } from '../support/assess.ts';
import { ROOT } from '../support/modules.ts';

type Bands = { upTo: number | null; rate: number }[];
type ByFiling<T> = Record<string, T>;

interface Facts {
  id: string;
  currency: string;
  taxYear: { start: string };
  spot: {
    lotMethods: { default: string; allowed: string[] };
    ordinaryBrackets?: Record<string, ByFiling<Bands>>;
    longTermThresholds?: Record<string, ByFiling<number[]>>;
    niit?: { rate: number; thresholds: ByFiling<number> };
    annualExemptAmount?: Record<string, number>;
    rates?: { national?: Bands; brackets2025_26?: Bands };
    superficialLoss?: { daysBefore: number; daysAfter: number };
    withholding?: { rate: number; thresholds: { specifiedPersons: number } };
    cryptoToCryptoIsDisposal: boolean;
  };
  payment: { final: string | null; yearOffset?: number; simulationDate?: string; instalments?: string[] };
  profiles: ({ id: string } & Record<string, number | string>)[];
}

const FILE = join(ROOT, '../shared/facts/tax-regimes.json');
const known = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as { regimes: Facts[] }).regimes : [];
const of = (id: string): Facts => known.find((facts) => facts.id === id)!;
const endsOf = (bands: Bands): number[] => bands.map(({ upTo }) => upTo ?? Infinity);

/** Rates of a profile by class, as of today. */
function rates(regime: string, profile: string): Record<string, number> {
  const taxation = findRegime(regime).taxation!;
  const values = ratesOf(taxation, profile, undefined, Infinity);
  return Object.fromEntries(taxation.classes.map(({ name }, k) => [name, Number(values[k]!.toFixed(9))]));
}

describe.skipIf(known.length === 0)('the fact sheet of regimes (skipped where ../shared/facts is not beside the project)', () => {
  test.each(known.map((facts) => [facts.id, facts] as const))('%s: currency, lots, tax year and due date', (id, facts) => {
    const { currency, lots, taxation } = describeRegime(findRegime(id));
    expect(currency).toBe(facts.currency);
    expect(lots.default).toBe(facts.spot.lotMethods.default);
    expect([...lots.lawful].sort()).toEqual([...facts.spot.lotMethods.allowed].sort());
    const { year, swaps, superficialLoss, withholding } = taxation!;
    expect(year.starts).toBe(facts.taxYear.start);
    const due = facts.payment.simulationDate ?? facts.payment.final;
    // Words stand where the law has no date.
    if (due !== null && /^\d\d-\d\d$/.test(due)) expect(year.due).toEqual({ date: due, yearsLater: facts.payment.yearOffset });
    expect(year.instalments.map(({ date }) => date)).toEqual((facts.payment.instalments ?? []).map((date) => date.slice(0, 5)));
    expect(swaps).toBe(facts.spot.cryptoToCryptoIsDisposal ? 'disposal' : 'untaxed');
    const window = facts.spot.superficialLoss;
    expect(superficialLoss).toEqual(window ? { daysBefore: window.daysBefore, daysAfter: window.daysAfter } : null);
    expect(withholding?.above).toBe(facts.spot.withholding?.thresholds.specifiedPersons);
  });

  test('every profile is there, at its rates', () => {
    const stated = (id: string) =>
      known.flatMap(({ profiles }) => profiles).find((profile) => profile.id === id)! as Record<string, number>;
    for (const { id, profiles } of known) {
      expect(Object.keys(findRegime(id).taxation!.profiles)).toEqual(
        expect.arrayContaining(profiles.map((profile) => profile.id)),
      );
    }
    for (const id of ['us-middle', 'us-high', 'us-top']) {
      const { shortTerm, longTerm, niit, section1256Blended } = stated(id);
      const { short, long, short1256, long1256 } = rates('us', id);
      expect([short, long]).toEqual([shortTerm! + niit!, longTerm! + niit!].map((rate) => Number(rate.toFixed(9))));
      expect(0.4 * short1256! + 0.6 * long1256!).toBeCloseTo(section1256Blended!, 9);
    }
    for (const id of ['uk-basic', 'uk-higher']) expect(rates('uk', id)['gains']).toBe(stated(id)['rate']);
    for (const id of ['de-42', 'de-45']) {
      const { spotWithinYear, spotAfterYear, derivatives } = stated(id);
      expect(rates('de', id)).toEqual({ gains: spotWithinYear, exempt: spotAfterYear, capital: derivatives });
    }
    const ontario = stated('ca-top-ontario');
    expect(rates('ca', 'ca-top-ontario')).toEqual({ gains: ontario['capital'], income: ontario['marginal'] });
    for (const id of ['au-37', 'au-45']) {
      expect(rates('au', id)['otherGains']).toBe(stated(id)['marginal']);
      expect(assessYears('au', [{ discountGains: 1 }], { profile: id }).bills).toEqual([stated(id)['discounted']]);
    }
    for (const id of ['fr-pfu-30', 'fr-pfu-314']) expect(rates('fr', id)['gains']).toBe(stated(id)['rate']);
    for (const id of ['jp-33', 'jp-top']) expect(rates('jp', id)['miscellaneous']).toBeCloseTo(stated(id)['rate']!, 9);
    expect(rates('in', 'in-30')).toMatchObject({ gains: stated('in-30')['spot'], futures: stated('in-30')['futuresSlab'] });
    for (const [regime, id] of [
      ['ch', 'ch-private'],
      ['sg', 'sg-investor'],
      ['sg', 'sg-trader-top'],
      ['ae', 'ae-private'],
    ] as const) {
      expect(rates(regime, id)['result']).toBe(stated(id)['rate']);
    }
  });

  test('the bands of the United States are those of every year and filing status', () => {
    const { ordinaryBrackets, longTermThresholds, niit } = of('us').spot;
    for (const [year, byFiling] of Object.entries(ordinaryBrackets!)) {
      const scales = figuresIn(US_SCALES, Number(year));
      for (const [filing, bands] of Object.entries(byFiling)) {
        const ours = scales[filing as 'single'].ordinary;
        expect(ours.map(({ upTo }) => upTo)).toEqual(endsOf(bands));
        expect(ours.map(({ rate }) => rate)).toEqual(bands.map(({ rate }) => rate));
      }
      for (const filing of FILINGS) {
        expect(scales[filing].long.map(({ upTo }) => upTo)).toEqual([...longTermThresholds![year]![filing]!, Infinity]);
      }
    }
    expect(NIIT_RATE).toBe(niit!.rate);
    for (const filing of FILINGS) expect(NIIT_THRESHOLDS[filing]).toBe(niit!.thresholds[filing]);
  });

  test('the exempt amounts of the United Kingdom are those of every year', () => {
    for (const [year, exempt] of Object.entries(of('uk').spot.annualExemptAmount!)) {
      const bills = (gains: number) => assessYears('uk', [{ gains }], { year: Number(year.slice(0, 4)) }).bills[0];
      expect([bills(exempt), bills(exempt + 1) !== 0]).toEqual([0, true]);
    }
  });

  test('the bands of Australia and Japan end where they should', () => {
    // One more unit of income on the end of a band costs the rate of the next.
    const next = (regime: string, class_: string, income: number) => assessYears(regime, [{ [class_]: 1 }], { income }).bills[0];
    for (const [k, { upTo }] of of('au').spot.rates!.brackets2025_26!.entries()) {
      const rate = of('au').spot.rates!.brackets2025_26![k + 1]?.rate;
      if (upTo !== null) expect(next('au', 'revenue', upTo)).toBeCloseTo(rate! + 0.02, 9);
    }
    for (const [k, { upTo }] of of('jp').spot.rates!.national!.entries()) {
      const rate = of('jp').spot.rates!.national![k + 1]?.rate;
      if (upTo !== null) expect(next('jp', 'miscellaneous', upTo)).toBeCloseTo(rate! * 1.021 + 0.1, 9);
    }
  });
});
