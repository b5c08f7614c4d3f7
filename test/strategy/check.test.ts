import { expect, test } from 'vitest';
import { StrategyError } from '../../src/core/errors.ts';
import { checkHandlers, handlerPlace } from '../../src/strategy/check.ts';

function messageFor(handlers: unknown): string {
  try {
    checkHandlers('mine', handlers);
  } catch (error) {
    expect(error).toBeInstanceOf(StrategyError);
    return (error as StrategyError).message;
  }
  return 'accepted';
}

test('known handlers pass, also none and those left undefined', () => {
  expect(messageFor({})).toBe('accepted');
  expect(messageFor({ onBar() {}, onFill: undefined, wake: { kind: 'calendar', every: 'month' } })).toBe('accepted');
});

test('a misspelt handler offers the nearest one', () => {
  expect(messageFor({ onFundng() {} })).toBe('mine: there is no handler "onFundng". Did you mean "onFunding"?');
});

test('a wake that would never, or always, come is refused', () => {
  const outside = { kind: 'outside', weights: { BTC: 0.5 }, band: 0.05, bandKind: 'relative' };
  expect(messageFor({ wake: outside })).toBe('accepted');
  expect(messageFor({ wake: { kind: 'calendar', every: 'months' } })).toBe(
    'mine: wake.every: "months" is not known. Did you mean "month"?',
  );
  expect(messageFor({ wake: { kind: 'calender', every: 'month' } })).toBe(
    'mine: wake.kind: "calender" is not known. Did you mean "calendar"?',
  );
  expect(messageFor({ wake: { ...outside, band: undefined } })).toBe('mine: wake.band: is missing');
  expect(messageFor({ wake: { ...outside, bandKind: 'abs' } })).toMatch(/^mine: wake.bandKind: "abs" is not known/);
  expect(messageFor({ wake: { ...outside, weight: {} } })).toBe('mine: wake has no key "weight". Did you mean "weights"?');
  expect(messageFor({ wake: 'month' })).toMatch(/^mine: wake: expected a map of keys, found "month"/);
});

test('an async handler or a generator is refused: its orders would come after the run', () => {
  expect(messageFor({ async onBar() {} })).toMatch(/^mine: onBar is async or a generator, expected a plain function/);
  expect(messageFor({ *onFill() {} })).toMatch(/^mine: onFill is async or a generator/);
});

test('all faults are told', () => {
  expect(() => checkHandlers('mine', { onbar() {}, onBar: 3 })).toThrow(
    expect.objectContaining({
      faults: [
        { message: 'there is no handler "onbar". Did you mean "onBar"?' },
        { message: 'onBar must be a function, found a number' },
      ],
    }) as Error,
  );
});

test('a setup that returns nothing, or a promise, is told so', () => {
  expect(messageFor(undefined)).toBe('mine: setup returned nothing, expected an object of handlers');
  expect(messageFor(null)).toBe('mine: setup returned null, expected an object of handlers');
  expect(messageFor(Promise.resolve({}))).toMatch(/a promise/);
});

test('a misspelt handler is found in the text of its file', () => {
  const error = new StrategyError('strategy-handlers-wrong', 'mine: there is no handler "onBarr". Did you mean "onBar"?');
  expect(handlerPlace(error, 'f.js', 'setup() {\n  return {\n    onBarr({ market }) {}')).toEqual({
    file: 'f.js',
    line: 3,
    column: 5,
  });
  expect(handlerPlace(error, 'f.js', 'const handlers = make();')).toEqual({ file: 'f.js' });
  expect(handlerPlace(new StrategyError('strategy-threw', 'no handler "onBarr"'), 'f.js', 'onBarr()')).toEqual({ file: 'f.js' });
});
