import { describe, expect, test } from 'vitest';
import { REGIMES } from '../../src/tax/regimes.ts';
import { us } from '../../src/tax/regimes/us.ts';
import { yearLabels } from '../../src/tax/year-labels.ts';

describe('the words for the columns of a tax year', () => {
  test.each(REGIMES)('$name names every class and every loss as a reader would', ({ taxation }) => {
    const { classes, losses } = yearLabels(taxation);
    expect(Object.keys(classes)).toEqual((taxation?.classes ?? []).map(({ name }) => name));
    for (const label of [...Object.values(classes), ...Object.values(losses)]) {
      expect(label).toMatch(/^[a-z]/);
      // No identifier: shortLoss, short1256.
      expect(label).not.toMatch(/[a-z][A-Z\d]/);
    }
    expect(new Set(Object.values(classes)).size).toBe(Object.keys(classes).length);
  });

  test('section 1256 results say which share they are', () => {
    expect(yearLabels(us.taxation).classes).toMatchObject({
      short: 'short-term',
      short1256: 'section 1256, short-term 40%',
      long1256: 'section 1256, long-term 60%',
    });
  });
});
