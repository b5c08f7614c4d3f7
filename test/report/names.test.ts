import { describe, expect, test } from 'vitest';
import { printable, shortened } from '../../src/report/names.ts';

describe('printable text', () => {
  test('has no escape sequences and no turned direction of writing', () => {
    expect(printable('\u001b[31mred\u0007 \u202egnp.exe')).toBe('\ufffd[31mred\ufffd \ufffdgnp.exe');
  });

  test('is one line', () => {
    expect(printable('two\r\n\tlines\u2028or three')).toBe('two lines or three');
  });
});

test('cuts long names by characters, not by halves of them', () => {
  expect(shortened('🙂🙂🙂🙂', 3)).toBe('🙂🙂…');
  expect(shortened('short', 19)).toBe('short');
});
