import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigError, UsageError, type Fault, type Place } from '../core/errors.ts';
import { check, type Locate } from '../core/schema.ts';
import type { Strategy } from './define.ts';

/** Parameter values by name, as an experiment or the command line gives them. */
export type GivenParams = Readonly<Record<string, unknown>>;

/** Where given parameters come from, so that their faults can say it. */
export interface ParamsOrigin {
  /** The place of a parameter in the experiment. */
  readonly locate?: Locate;
  /** What `kedge strategies` knows the strategy by: a shipped name, or the path of a file. */
  readonly use?: string;
  /** Texts of `--param`, by name; those that the strategy has are among the given values. */
  readonly flags?: ReadonlyMap<string, string>;
}

/** No line of the experiment is to blame, but this flag. */
interface FlagPlace extends Place {
  readonly flag: string;
}

/**
 * The parameters a run uses: what is given, read by the strategy's schema, defaults filled in. Unknown names are refused even where the
 * author wrote `z.object`, because a misspelt parameter that is ignored falsifies a whole study.
 *
 * @throws {UsageError} `param-wrong`, with all faults of the command line's own values
 * @throws {ConfigError} `params-wrong`, with all faults
 */
export function readParams(strategy: Strategy, given: GivenParams, origin: ParamsOrigin = {}): Record<string, unknown> {
  const { name } = strategy;
  const place = placesOf(strategy, origin);
  const checked = check(namedSchema(strategy), { [name]: given }, place && (([, ...path], part) => place(path, part)));
  if (checked.ok) return frozen(checked.value[name]!, given);
  throw paramsError(checked.faults, origin.use);
}

/**
 * Parameters do not change during a run. Values that are the caller's own stay as they are, as does what a schema makes of a class of its
 * own: a typed array cannot be frozen, a RegExp does not work frozen.
 */
function frozen(params: Record<string, unknown>, given: GivenParams): Record<string, unknown> {
  for (const name in params) if (params[name] !== given[name] && isPlain(params[name])) Object.freeze(params[name]);
  return params;
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}

// A flag is to blame only where the strategy has such a parameter: elsewhere the name stands in the experiment.
function placesOf({ params }: Strategy, { locate, flags }: ParamsOrigin): Locate | undefined {
  if (flags === undefined || flags.size === 0) return locate;
  return (path, part) => {
    const name = String(path[0] ?? '');
    const text = Object.hasOwn(params.shape, name) ? flags.get(name) : undefined;
    if (text === undefined) return locate?.(path, part) ?? {};
    const place: FlagPlace = { flag: `--param ${name}=${text}` };
    return place;
  };
}

// A sweep reads one strategy's parameters a thousand times, and zod compiles every new schema.
const namedSchemas = new WeakMap<Strategy, z.ZodObject<Record<string, z.ZodObject>>>();

/** The strategy's schema, strict, under the strategy's name: faults then read `spot-band.band: …`. */
function namedSchema(strategy: Strategy): z.ZodObject<Record<string, z.ZodObject>> {
  let schema = namedSchemas.get(strategy);
  if (!schema) namedSchemas.set(strategy, (schema = z.object({ [strategy.name]: strategy.params.strict() })));
  return schema;
}

function paramsError(faults: readonly Fault[], use: string | undefined): ConfigError | UsageError {
  const hint = use === undefined ? {} : { hint: `see \`kedge strategies ${use}\` for what it takes` };
  const flagFaults = faults.flatMap(({ message, at }) =>
    at !== undefined && 'flag' in at ? [{ message: `${(at as FlagPlace).flag}: ${message}` }] : [],
  );
  const [flagFault] = flagFaults;
  if (flagFault !== undefined) {
    return new UsageError('param-wrong', flagFault.message, { ...hint, faults: flagFaults.length > 1 ? flagFaults : [] });
  }
  const [first] = faults;
  return new ConfigError('params-wrong', first!.message, {
    ...hint,
    ...(first!.at && { at: first!.at }),
    faults: faults.length > 1 ? faults : [],
  });
}

/**
 * Splits `--param name=value` flags.
 *
 * @throws {UsageError} `param-malformed` without a name or `=`, `param-repeated`
 */
export function splitParams(flags: readonly string[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const flag of flags) {
    const split = flag.indexOf('=');
    if (split < 1) {
      throw new UsageError('param-malformed', `--param ${flag}: expected name=value`, { hint: 'for example --param band=0.03' });
    }
    const name = flag.slice(0, split);
    if (texts.has(name)) throw new UsageError('param-repeated', `--param ${name} is given more than once`);
    texts.set(name, flag.slice(split + 1));
  }
  return texts;
}

/**
 * The flags a strategy has parameters for, typed by its schema: `band=0.03` is a number where the schema wants one, `every=month` a
 * text, `weights={ BTC: 0.6 }` a map (YAML, in one line).
 */
export function typedParams(strategy: Strategy, texts: ReadonlyMap<string, string>): Record<string, unknown> {
  const fields: Readonly<Record<string, unknown>> = strategy.params.shape;
  return Object.fromEntries(
    [...texts]
      .filter(([name]) => Object.hasOwn(fields, name))
      .map(([name, text]) => [name, typedValue(fields[name] as z.ZodType, text)]),
  );
}

// The first reading that the schema accepts: as a YAML value (number, true, list, map), else as the text itself.
function typedValue(field: z.ZodType, text: string): unknown {
  const value = yamlValue(text);
  return !field.safeParse(value).success && field.safeParse(text).success ? text : value;
}

function yamlValue(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return text; // Not YAML; the schema then judges the text.
  }
}
