import { expect, test } from 'vitest';
import { giveBuffer, takeBuffer } from '../../src/core/spare-buffers.ts';

test('a buffer that was given back serves once, for its own length', () => {
  const buffer = takeBuffer(12_345);
  expect(buffer).toHaveLength(12_345);
  giveBuffer(buffer);
  expect(takeBuffer(12_344)).not.toBe(buffer);
  expect(takeBuffer(12_345)).toBe(buffer);
  expect(takeBuffer(12_345)).not.toBe(buffer);
});
