import { expect, test } from 'vitest';
import { once } from '../../src/core/once.ts';

test('a value is made when it is first asked for, and only then', () => {
  let made = 0;
  const value = once(() => {
    made++;
    return undefined;
  });
  expect(made).toBe(0);
  value();
  value();
  expect(made).toBe(1);
});
