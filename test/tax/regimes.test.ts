import { describe, expect, test } from 'vitest';
import { REGIMES, findRegime, regimeNames } from '../../src/tax/regimes.ts';

describe('finding a regime', () => {
  test.each([
    ['us', 'us'],
    ['US', 'us'],
    ['usa', 'us'],
    ['none', 'none'],
  ])('%s is %s', (typed, name) => {
    expect(findRegime(typed).name).toBe(name);
  });

  test.each(['uk', 'GB', 'germany', 'de', 'ch', 'uae'])('%s is known by name but not available yet', (typed) => {
    expect(() => findRegime(typed)).toThrow(
      expect.objectContaining({ code: 'tax-regime-unavailable', hint: expect.stringContaining('available: us, none') }),
    );
  });

  test.each([
    ['noen', 'Did you mean "none"?'],
    ['germani', 'Did you mean "germany"?'],
    ['xx', 'available: us, none'],
    ['atlantis', 'available: us, none'],
  ])('%s is unknown and the hint says %s', (typed, hint) => {
    expect(() => findRegime(typed)).toThrow(
      expect.objectContaining({ code: 'tax-regime-unknown', hint: expect.stringContaining(hint) }),
    );
  });
});

describe.each(REGIMES)('regime $name', ({ name, lots, taxation, sources }) => {
  test('is listed and sells lots by a method its law offers', () => {
    expect(regimeNames).toContain(name);
    expect(lots.lawful).toContain(lots.default);
  });

  test('states dated sources for its figures', () => {
    if (taxation) expect(sources.length).toBeGreaterThan(0);
    for (const { asOf } of sources) expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  test('uses only classes that it declares, each with a rate in every profile', () => {
    if (!taxation) return;
    const classes = taxation.classes.map(({ name }) => name);
    const { spot, contracts, fundingIncome } = taxation;
    const used = [spot.short, spot.long, contracts, fundingIncome.received, fundingIncome.paid ?? fundingIncome.received];
    expect(classes).toEqual(expect.arrayContaining(used));
    expect(Object.keys(taxation.profiles)).toContain(taxation.defaultProfile);
    for (const rates of Object.values(taxation.profiles)) {
      expect(classes).toEqual(expect.arrayContaining(Object.keys(rates)));
      for (const { name, rateOf } of taxation.classes) expect(rates[name] ?? rates[rateOf ?? '']).toBeGreaterThanOrEqual(0);
    }
  });
});
