import { z } from 'zod';
import { StrategyError, type Fault, type Place } from '../core/errors.ts';
import { check } from '../core/schema.ts';
import { didYouMean } from '../core/suggest.ts';
import { CALENDAR_UNITS } from '../core/time.ts';
import { STRATEGY_MARK, type Strategy } from './define.ts';
import { HANDLER_NAMES, type Handlers } from './types.ts';

const DEFINITION_KEYS = ['name', 'summary', 'params', 'needs', 'setup'] as const;
const HANDLER_KEYS: readonly string[] = [...HANDLER_NAMES, 'wake'];

const wakeSchema = z.union([
  z.strictObject({ kind: z.literal('calendar'), every: z.enum(CALENDAR_UNITS) }),
  z.strictObject({
    kind: z.literal('outside'),
    weights: z.record(z.string(), z.number().min(0)),
    band: z.number().min(0),
    bandKind: z.enum(['absolute', 'relative']),
  }),
]);

/**
 * Checks what a strategy file exports by default: JavaScript authors have no compiler to do it.
 *
 * @throws {StrategyError} `strategy-not-exported`, `strategy-not-defined`, `strategy-definition-wrong` (with all faults)
 */
export function checkDefinition(exported: unknown, at: Place): Strategy {
  if (exported === undefined) {
    throw new StrategyError('strategy-not-exported', 'the file has no default export', {
      at,
      hint: 'end it with `export default defineStrategy({ … })`',
    });
  }
  if (typeof exported !== 'object' || exported === null || !(STRATEGY_MARK in exported)) {
    throw new StrategyError('strategy-not-defined', 'the default export was not made by defineStrategy', {
      at,
      hint: "write `import { defineStrategy } from 'kedge'` and `export default defineStrategy({ … })`",
    });
  }
  const faults = definitionFaults(exported);
  if (faults.length === 0) return exported as unknown as Strategy;
  throw new StrategyError('strategy-definition-wrong', `the strategy's definition is wrong: ${faults[0]!.message}`, {
    at,
    faults,
  });
}

function definitionFaults(definition: Readonly<Record<string, unknown>>): Fault[] {
  const faults = Object.keys(definition)
    .filter((key) => !(DEFINITION_KEYS as readonly string[]).includes(key))
    .map((key) => ({ message: `"${key}" is no part of a definition. ${didYouMean(key, DEFINITION_KEYS)}` }));
  const expect = (key: (typeof DEFINITION_KEYS)[number], expected: string, holds: boolean): void => {
    if (!holds) faults.push({ message: `${key} must be ${expected}, found ${kindOf(definition[key])}` });
  };
  for (const key of ['name', 'summary'] as const) {
    expect(key, 'a text that is not empty', typeof definition[key] === 'string' && definition[key] !== '');
  }
  expect('params', 'a z.object({ … })', isObjectSchema(definition['params']));
  expect('needs', 'a function', typeof definition['needs'] === 'function');
  expect('setup', 'a function', typeof definition['setup'] === 'function');
  return faults;
}

/**
 * Checks what a strategy's `setup` returned: handlers, and when to wake.
 *
 * @throws {StrategyError} `strategy-handlers-wrong`, with the nearest name of each handler that does not exist
 */
export function checkHandlers(strategy: string, handlers: unknown): Handlers {
  if (typeof handlers !== 'object' || handlers === null || handlers instanceof Promise) {
    throw new StrategyError(
      'strategy-handlers-wrong',
      `${strategy}: setup returned ${kindOf(handlers)}, expected an object of handlers`,
      {
        hint: `return { onBar({ market, portfolio, orders }) { … } }`,
      },
    );
  }
  const faults = Object.entries(handlers).flatMap(([name, handler]) => handlerFault(name, handler));
  if (faults.length === 0) return handlers;
  throw new StrategyError('strategy-handlers-wrong', `${strategy}: ${faults[0]!.message}`, {
    faults: faults.length > 1 ? faults : [],
  });
}

/**
 * Where the text of a strategy writes the first handler that does not exist, told from the error of `checkHandlers`; the file alone where
 * the name is not found in it.
 *
 * @param text - of the file
 */
export function handlerPlace({ code, message }: StrategyError, file: string, text: string): Place {
  const name = code === 'strategy-handlers-wrong' ? /no handler "([\w$]+)"/.exec(message)?.[1] : undefined;
  if (name === undefined) return { file };
  const lines = text.split('\n');
  const line = lines.findIndex((each) => new RegExp(`(^|[\\s,{])${name.replaceAll('$', '\\$')}\\s*[(:,]`).test(each));
  return line < 0 ? { file } : { file, line: line + 1, column: lines[line]!.indexOf(name) + 1 };
}

function handlerFault(name: string, handler: unknown): readonly Fault[] {
  if (!HANDLER_KEYS.includes(name)) return [{ message: `there is no handler "${name}". ${didYouMean(name, HANDLER_KEYS)}` }];
  if (handler === undefined) return [];
  if (name === 'wake') return wakeFaults(handler);
  if (typeof handler === 'function') return isPlain(handler) ? [] : [{ message: `${name} is ${NOT_PLAIN}` }];
  return [{ message: `${name} must be a function, found ${kindOf(handler)}` }];
}

function wakeFaults(wake: unknown): readonly Fault[] {
  const checked = check(wakeSchema, wake, undefined, 'wake');
  return checked.ok ? [] : checked.faults.map(({ message }) => ({ message: message.replace(/^(?!wake)/, 'wake.') }));
}

// What an async handler orders after its first `await` comes when the run is over, and what it throws is lost; a generator never starts.
const NOT_PLAIN = 'async or a generator, expected a plain function: decide within the call, read files in the module';

function isPlain(handler: object): boolean {
  return Object.prototype.toString.call(handler) === '[object Function]';
}

// By shape and not by `instanceof`: the author's zod may be another copy.
function isObjectSchema(value: unknown): boolean {
  const definition = (value as { _zod?: { def?: { type?: unknown } } } | undefined)?._zod?.def;
  return definition?.type === 'object';
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (value instanceof Promise) return 'a promise (handlers and setup are not async)';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
