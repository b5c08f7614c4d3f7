import { KedgeError, StrategyError } from '../../core/errors.ts';
import type { Market } from '../../market/market.ts';
import type { ParameterDescription } from '../../strategy/describe.ts';
import { loadPlannedMarket } from '../compare.ts';
import type { Plan } from '../plan.ts';
import { result, type CheckFinding, type CheckResult } from './finding.ts';
import { trace, type Subject } from './subject.ts';

/** A parameter at the edge of what its schema allows. */
export interface Edge {
  readonly name: string;
  readonly value: unknown;
}

/** Whole numbers without a bound of their own carry these. */
const UNBOUNDED = Number.MAX_SAFE_INTEGER;

/** Each parameter at its smallest and largest value, each of its choices, both ways of a switch: one change at a time. */
export function edgesOf(parameters: readonly ParameterDescription[]): Edge[] {
  return parameters.flatMap(({ name, schema, default: own }) =>
    edgeValues(schema)
      .filter((value) => value !== own)
      .map((value) => ({ name, value })),
  );
}

function edgeValues(schema: Readonly<Record<string, unknown>>): unknown[] {
  if (Array.isArray(schema['enum'])) return schema['enum'] as unknown[];
  if (schema['type'] === 'boolean') return [true, false];
  if (schema['type'] !== 'number' && schema['type'] !== 'integer') return [];
  const whole = schema['type'] === 'integer';
  const inward = whole ? 1 : 1e-6;
  const bound = (name: string, by: number): number[] => {
    const value = schema[name];
    return typeof value === 'number' && Math.abs(value) < UNBOUNDED ? [value + by] : [];
  };
  return [
    ...bound('minimum', 0),
    ...bound('exclusiveMinimum', inward),
    ...bound('exclusiveMaximum', -inward),
    ...bound('maximum', 0),
  ];
}

/** Plans the run with one parameter changed. */
export type PlanWith = (edge: Edge) => Promise<Plan>;

/**
 * Whether the strategy runs at the edges of its own parameters. What the market or the experiment cannot serve at an edge (a longer look-back,
 * another coin) is a note; what the strategy throws is a finding.
 */
export async function checkEdges(subject: Subject, edges: readonly Edge[], planWith: PlanWith): Promise<CheckResult> {
  const findings: CheckFinding[] = [];
  const notes: string[] = [];
  for (const edge of edges) {
    const text = `${edge.name}=${JSON.stringify(edge.value)}`;
    try {
      const plan = await planWith(edge);
      const run = { ...plan.runs[0]!, loaded: subject.run.loaded };
      const { equity } = trace({ ...subject, plan, run, market: await marketFor(plan, subject) }).result;
      const bar = equity.findIndex((value) => !Number.isFinite(value));
      if (bar >= 0) findings.push({ message: `with ${text} equity is not a number`, bar, time: null, at: null });
    } catch (error) {
      if (!(error instanceof KedgeError)) throw error;
      if (error instanceof StrategyError) {
        findings.push({ message: `with ${text}: ${error.message}`, bar: null, time: null, at: error.at ?? null });
      } else {
        notes.push(`${text} could not be tried: ${error.message}`);
      }
    }
  }
  return result('parameters', `${edges.length} runs with one parameter at an edge`, findings, notes);
}

async function marketFor(plan: Plan, { plan: own, market }: Subject): Promise<Market> {
  return JSON.stringify(plan.market) === JSON.stringify(own.market) ? market : loadPlannedMarket(plan);
}
