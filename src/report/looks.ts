import type { Comparison, JudgedRun } from '../analysis/comparison.ts';

/** How one run is drawn everywhere: hue says family, lightness and dash say variant, so it survives a grey printer. */
export interface Look {
  /** CSS colour of lines and areas, 3:1 on the page. */
  readonly stroke: string;
  /** CSS colour of its name as text, 4.5:1 on the page. */
  readonly text: string;
  readonly width: number;
  /** SVG dash lengths; empty: solid. */
  readonly dash: readonly number[];
}

type Family = 'spot' | 'hedge';

/** More runs than this cannot be told apart: the rest is grey. */
const COLOURED = 6;

const BENCHMARK = look('benchmark', 1.6);
const VARIANTS: Readonly<Record<Family, { readonly a: Look; readonly b: Look; readonly c: Look }>> = {
  spot: { a: look('spot-a', 1.6, [5, 3]), b: look('spot-b', 2.1), c: look('spot-b', 1.6, [1.5, 2.5]) },
  hedge: { a: look('hedge-a', 1.6, [5, 3]), b: look('hedge-b', 2.6), c: look('hedge-b', 1.8, [1.5, 2.5]) },
};
const REST_DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3]];

/**
 * A look for every run, by its part in the comparison: the benchmark, baskets that only hold, spot strategies, hedges. When there
 * are more runs than colours, the benchmark and the one the headline speaks of keep theirs first, then the others in order.
 */
export function assignLooks(comparison: Comparison): Map<string, Look> {
  const looks = new Map<string, Look>();
  const families: Record<Family, string[]> = { spot: [], hedge: [] };
  let grey = 0;
  for (const run of byImportance(comparison).slice(0, COLOURED)) {
    const { id } = run.result;
    if (id === comparison.benchmark) looks.set(id, BENCHMARK);
    else if (isPassive(run)) looks.set(id, look('passive', 1.3, REST_DASHES[grey++ % REST_DASHES.length]));
    else families[isHedge(run) ? 'hedge' : 'spot'].push(id);
  }
  for (const family of ['spot', 'hedge'] as const) {
    for (const [id, variant] of variants(family, inOrder(comparison, families[family]))) looks.set(id, variant);
  }
  for (const { result } of comparison.runs) {
    if (!looks.has(result.id)) looks.set(result.id, look('passive', 1.3, REST_DASHES[grey++ % REST_DASHES.length]));
  }
  return looks;
}

/** Whether a run only holds: a reference, listed before the candidates. */
export function isPassive({ result }: JudgedRun): boolean {
  return result.strategy.name === 'hold';
}

/** Whether a run traded futures. */
export function isHedge({ result }: JudgedRun): boolean {
  return result.totals.futuresTraded > 0;
}

function look(token: string, width: number, dash: readonly number[] = []): Look {
  return { stroke: `var(--s-${token})`, text: `var(--t-${token})`, width, dash };
}

/** The strong solid look goes to the last of a family, the one that stands alone first. */
function variants(family: Family, ids: readonly string[]): [string, Look][] {
  const { a, b, c } = VARIANTS[family];
  const sequence = ids.length === 1 ? [b] : ids.length === 2 ? [a, b] : [a, c, b];
  return ids.map((id, index) => [id, sequence[index] ?? { ...c, dash: REST_DASHES[index % REST_DASHES.length]! }]);
}

function byImportance({ runs, benchmark, headline }: Comparison): JudgedRun[] {
  const rank = ({ result: { id } }: JudgedRun) => (id === benchmark ? 0 : id === headline.subject ? 1 : 2);
  return [...runs].sort((a, b) => rank(a) - rank(b));
}

function inOrder({ runs }: Comparison, ids: readonly string[]): string[] {
  return runs.map(({ result }) => result.id).filter((id) => ids.includes(id));
}
