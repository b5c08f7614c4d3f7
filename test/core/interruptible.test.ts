import { expect, test } from 'vitest';
import { interruptible, isInterruption } from '../../src/core/interruptible.ts';

test('work gives what it gives, also within other work, and throws what it throws', () => {
  expect(interruptible(() => 3)).toBe(3);
  expect(interruptible(() => interruptible(() => 2) + 1)).toBe(3);
  const fault = new Error('boom');
  expect(() =>
    interruptible(() => {
      throw fault;
    }),
  ).toThrow(fault);
});

test('only Ctrl-C is an interruption', () => {
  expect(isInterruption(Object.assign(new Error('x'), { code: 'ERR_SCRIPT_EXECUTION_INTERRUPTED' }))).toBe(true);
  expect([new Error('x'), null, undefined, 'text'].map(isInterruption)).toEqual([false, false, false, false]);
});
