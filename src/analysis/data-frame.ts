import type * as Danfo from 'danfojs-node';
import { ConfigError } from '../core/errors.ts';

/** A named column: numbers, or text with null for none. */
export type FrameColumn = ArrayLike<number> | readonly (string | null)[];

/**
 * Columns of a result as a danfojs DataFrame, for those who like to look at results that way.
 *
 * Values arrive as they are (NaN stays NaN). Arithmetic on the frame is danfojs's own and runs through 32-bit floats: compute on the
 * columns, look at the frame. The package is optional and loaded on the first call.
 *
 * @param columns - of equal length, in order; `{ time: result.time, equity: result.equity }`
 * @throws {ConfigError} `package-missing` without danfojs-node; `columns-unequal`, naming the two lengths
 */
export async function toDataFrame(columns: Readonly<Record<string, FrameColumn>>): Promise<Danfo.DataFrame> {
  const entries = Object.entries(columns);
  const [first] = entries;
  const odd = entries.find(([, column]) => column.length !== first![1].length);
  if (odd) {
    throw new ConfigError(
      'columns-unequal',
      `column ${odd[0]} has ${odd[1].length} values, ${first![0]} has ${first![1].length}`,
      {
        hint: 'take columns of one run, or cut them to the same bars',
      },
    );
  }
  const { DataFrame } = await loadDanfo();
  // An empty column has no type for danfojs to infer, and typed arrays would reach it as objects.
  if (!first || first[1].length === 0) return new DataFrame([], { columns: Object.keys(columns) });
  return new DataFrame(Object.fromEntries(entries.map(([name, column]) => [name, Array.from<unknown>(column)])));
}

async function loadDanfo(): Promise<typeof Danfo> {
  try {
    return await import('danfojs-node');
  } catch (cause) {
    throw new ConfigError('package-missing', 'DataFrames need the optional package danfojs-node, which cannot be loaded', {
      hint: "install danfojs-node 1.2.0 with the overrides of kedge's package.json, or read the columns of the result directly",
      cause,
    });
  }
}
