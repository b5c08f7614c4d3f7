import { describe, expect, test } from 'vitest';
import { describeTax } from '../../src/tax/describe.ts';
import { usSetup } from '../support/tax.ts';

const sentences = (changes: Parameters<typeof usSetup>[0] = {}): string => describeTax(usSetup(changes)).description.join('\n');

describe('a tax setup in words', () => {
  test('states the profile and its rates in percent', () => {
    const told = describeTax({ regime: 'USA', payFrom: 'portfolio', funding: 'result', law: 'today' });
    const { description, regime, longAfterYears } = told;
    expect([regime, longAfterYears]).toEqual(['us', 1]);
    expect(description[0]).toBe(
      'United States (federal), profile us-high: short-term capital gain 38.8%, long-term capital gain 18.8%.',
    );
  });

  test('says which rates are the experiment’s own', () => {
    expect(sentences()).toContain('profile us-high, with short and long from the experiment: short-term capital gain 40%');
  });

  test('says of a regime that looks at no holding time that it has none', () => {
    for (const regime of ['uae', 'japan', 'none']) {
      expect(describeTax({ ...usSetup(), regime, rates: undefined } as never).longAfterYears).toBe(null);
    }
  });

  test('states sources with their date, and what is left out', () => {
    const { sources, notModelled } = describeTax(usSetup());
    expect(sources.every((source) => /\(as of 2026-11-22\)$/.test(source))).toBe(true);
    expect(notModelled.join()).toContain('straddles');
  });

  test('names the lot method, and says when the law does not offer it', () => {
    expect(sentences({ lots: 'hifo' })).toContain('highest price are sold first (HIFO).');
    expect(sentences({ lots: 'hifo' })).not.toContain('comparison only');
    expect(sentences({ lots: 'average-moving' })).toContain(
      'Regime us does not offer this for coins: it serves comparison only.',
    );
  });

  test('says how funding is taxed', () => {
    expect(sentences()).toContain('Funding and fees of a contract are part of its result');
    expect(sentences({ funding: 'income' })).toContain(
      'Funding received is ordinary income when it is paid out; funding paid is not deductible.',
    );
    expect(sentences({ funding: 'income' })).toContain('ordinary income 40%');
    expect(sentences({ funding: 'income-both-ways' })).toContain(
      'Funding received is ordinary income when it is paid out; funding paid comes off the same.',
    );
  });

  test('says who pays, and what the offset and the law do', () => {
    expect(sentences()).toContain('paid from the portfolio');
    expect(sentences({ payFrom: 'outside' })).toContain('paid from outside');
    expect(sentences({ ordinaryOffset: 3_000 })).toContain('Up to $3,000 a year of a net capital loss');
    expect(sentences({ law: 'historical' })).toContain(
      'Each tax year has its own figures, known for those that begin in 2024 to 2026',
    );
  });

  test('says what cash is where it is no money', () => {
    const of = (regime: string, cashIs: 'fiat' | 'stablecoin') =>
      describeTax({ regime, payFrom: 'portfolio', funding: 'result', law: 'today', fx: { EUR: 1 } }, { currency: 'USD', cashIs })
        .description.filter((sentence) => sentence.startsWith('Cash is'))
        .join();
    expect(of('france', 'stablecoin')).toContain('one of the coins, worth its face');
    expect(of('us', 'stablecoin')).toContain('disposed of as for money');
    expect([of('france', 'fiat'), of('us', 'fiat')]).toEqual(['', '']);
  });

  test('says that none is no tax', () => {
    const { description, sources, notModelled } = describeTax({ ...usSetup(), regime: 'none', rates: undefined } as never);
    expect(description).toEqual([
      'No tax: nothing is recognised and no bill is written. For the cost basis, the oldest lots are sold first (FIFO).',
    ]);
    expect([sources, notModelled]).toEqual([[], []]);
  });
});
