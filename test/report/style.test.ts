import { describe, expect, test } from 'vitest';
import { PALETTE } from '../../src/report/palette.ts';
import { STYLE } from '../../src/report/style.ts';

/** WCAG 2 contrast ratio of two #rrggbb colours. */
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(['light', 'dark'] as const)('the %s palette', (theme) => {
  const { bg, tint, ...colours } = PALETTE[theme];
  const named = (pattern: RegExp) => Object.entries(colours).filter(([name]) => pattern.test(name));

  test('has the tokens of the other', () => {
    expect(Object.keys(PALETTE.light)).toEqual(Object.keys(PALETTE.dark));
  });

  test.each(named(/^s-|^alarm$/))('draws %s lines at 3:1', (_, colour) => {
    expect(contrast(colour, bg!)).toBeGreaterThanOrEqual(3);
  });

  test.each(named(/^t-|^ink$|^body$|^muted$|^accent$/))('writes %s text at 4.5:1', (_, colour) => {
    expect(contrast(colour, bg!)).toBeGreaterThanOrEqual(4.5);
  });

  test('reads on the tint of the best value', () => {
    expect(contrast(colours['ink']!, tint!)).toBeGreaterThanOrEqual(4.5);
  });
});

describe('the style sheet', () => {
  test('asks for nothing from outside', () => {
    expect(STYLE).not.toMatch(/url\(|@import|@font-face/);
  });

  test('defines every variable it uses', () => {
    const defined = new Set([...STYLE.matchAll(/--([a-z-]+):/g)].map(([, name]) => name));
    const used = new Set([...STYLE.matchAll(/var\(--([a-z-]+)\)/g)].map(([, name]) => name));
    expect([...used].filter((name) => !defined.has(name))).toEqual([]);
  });
});
