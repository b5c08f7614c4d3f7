import { z } from 'zod';
import { loadStrategy, shippedStrategies } from './load.ts';

/** One parameter of a strategy, as its schema declares it. */
export interface ParameterDescription {
  readonly name: string;
  readonly description: string | null;
  readonly required: boolean;
  /** null when there is none. */
  readonly default: unknown;
  /** JSON Schema of its value. */
  readonly schema: Record<string, unknown>;
}

/** What a strategy is and takes. */
export interface StrategyDescription {
  readonly name: string;
  readonly summary: string;
  readonly parameters: ParameterDescription[];
}

/**
 * Describes a shipped strategy or a user's file.
 *
 * @param directory - what a relative path is relative to
 * @throws {StrategyError} as `loadStrategy`
 */
export async function describeStrategy(nameOrPath: string, directory: string): Promise<StrategyDescription> {
  const { strategy } = await loadStrategy(nameOrPath, directory);
  return { name: strategy.name, summary: strategy.summary, parameters: describeParameters(strategy.params) };
}

/** The parameters that a schema declares, in its order. */
export function describeParameters(params: z.ZodObject): ParameterDescription[] {
  const { properties = {}, required = [] } = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, property]) =>
    describeParameter(name, property as Record<string, unknown>, required),
  );
}

/** Describes every shipped strategy, in alphabetical order. */
export function describeShipped(): Promise<StrategyDescription[]> {
  return Promise.all(shippedStrategies().map((name) => describeStrategy(name, '.')));
}

function describeParameter(name: string, property: Record<string, unknown>, required: readonly string[]): ParameterDescription {
  const { description, default: fallback, ...schema } = property;
  return {
    name,
    description: typeof description === 'string' ? description : null,
    required: required.includes(name),
    default: fallback ?? null,
    schema,
  };
}
