import { describe, expect, test } from 'vitest';
import { REGIMES, findRegime, regimeNames } from '../../src/tax/regimes.ts';
import { namesOfClass } from '../../src/tax/resolve.ts';

describe('finding a regime', () => {
  test.each([
    ['us', 'us'],
    ['US', 'us'],
    ['usa', 'us'],
    ['uk', 'uk'],
    ['GB', 'uk'],
    ['Germany', 'germany'],
    ['de', 'germany'],
    ['CA', 'canada'],
    ['au', 'australia'],
    ['fr', 'france'],
    ['jp', 'japan'],
    ['in', 'india'],
    ['ch', 'switzerland'],
    ['sg', 'singapore'],
    ['ae', 'uae'],
    ['none', 'none'],
  ])('%s is %s', (typed, name) => {
    expect(findRegime(typed).name).toBe(name);
  });

  test.each([
    ['noen', 'Did you mean "none"?'],
    ['germani', 'Did you mean "germany"?'],
    ['xx', 'available: us, uk, germany'],
    ['atlantis', 'available: us, uk, germany'],
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
    const { spot, contracts, fundingIncome, withholding, splits } = taxation;
    const results = [spot.short, spot.long, ...contracts.flatMap(({ classes }) => classes.map((part) => part.class))];
    const used = results.map(namesOfClass).flatMap(({ gains, losses }) => [gains, losses]);
    expect(classes).toEqual(expect.arrayContaining([...used, fundingIncome.received, fundingIncome.bothWays]));
    expect([...classes, null]).toEqual(expect.arrayContaining([fundingIncome.paid, withholding?.class ?? null]));
    expect(classes).toEqual(expect.arrayContaining(splits.flatMap((split) => Object.entries(split.classes).flat())));
    expect(classes).toEqual([...new Set(classes)]);
    expect(Object.keys(taxation.profiles)).toContain(taxation.defaultProfile);
    for (const { figures } of Object.values(taxation.profiles).flat()) {
      expect(classes).toEqual(expect.arrayContaining(Object.keys(figures)));
      for (const rate of Object.values(figures)) expect(rate >= 0 && rate <= 1).toBe(true);
    }
  });

  test('shares every result of a contract out in full', () => {
    for (const { classes } of taxation?.contracts ?? []) {
      expect(classes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  });
});
