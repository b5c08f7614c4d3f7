/** A file of a new strategy. */
export interface ScaffoldFile {
  readonly name: string;
  readonly text: string;
}

/** What a strategy may be called: its file is called the same. */
export const STRATEGY_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * A typed strategy that runs as it is, a test of it for Node's own runner, and compiler settings for the editor.
 *
 * @param name - matches STRATEGY_NAME
 */
export function scaffold(name: string): ScaffoldFile[] {
  return [
    { name: `${name}.ts`, text: strategyText(name) },
    { name: `${name}.test.mjs`, text: testText(name) },
  ];
}

/** Compiler settings for a folder that has none. */
export const TSCONFIG: ScaffoldFile = {
  name: 'tsconfig.json',
  text: `{
  "compilerOptions": {
    "target": "ES2023",
    "module": "ESNext",
    "moduleResolution": "Bundler",
    "strict": true,
    "noEmit": true,
    "skipLibCheck": true,
    "types": []
  },
  "include": ["*.ts"]
}
`,
};

function strategyText(name: string): string {
  return `import { defineStrategy, z } from 'kedge';

export default defineStrategy({
  name: '${name}',
  summary: 'Keeps coins at fixed weights: trades back to them when one has drifted past the band.',

  // Every parameter has a type, bounds and a default: \`--param band=0.1\`, \`kedge strategies ./${name}.ts\`.
  params: z.object({
    band: z.number().positive().max(0.5).default(0.05).describe('drift that triggers, as a share of equity'),
  }),

  // What must be in the market before a run starts. \`target\` is the experiment's.
  needs: (params, { target }) => ({ symbols: Object.keys(target.weights) }),

  // State belongs in here: it is fresh for every run.
  setup({ params: { band }, target }) {
    const targets = Object.entries(target.weights);
    let trades = 0;

    return {
      // Called at every close. What is ordered here fills at the next open.
      onBar({ market, portfolio, orders }) {
        for (const [symbol, weight] of targets) {
          const drift = portfolio.weight(symbol) - weight;
          if (Math.abs(drift) <= band || !market.tradable(symbol)) continue;
          trades++;
          orders.targetWeights(target.weights, { tag: \`\${trades}: \${symbol} drifted by \${drift.toFixed(3)}\` });
          return;
        }
      },
    };
  },
});
`;
}

function testText(name: string): string {
  return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadStrategy, runOnPrices } from 'kedge';

const { strategy } = await loadStrategy('./${name}.ts', import.meta.dirname);
const target = { weights: { BTC: 0.5, ETH: 0.5 } };

test('buys the target at the first open and then holds while nothing drifts', () => {
  const { full } = runOnPrices(strategy, { prices: { BTC: [100, 100, 100], ETH: [10, 10, 10] }, cash: 1000, target });
  assert.deepEqual([...full.fills.symbol].sort(), ['BTC', 'ETH']);
  assert.equal(full.columns.weights.BTC.at(-1), 0.5);
});

test('sells what has risen past the band and buys the other', () => {
  const prices = { BTC: [100, 100, 200, 200], ETH: [10, 10, 10, 10] };
  const { full } = runOnPrices(strategy, { prices, cash: 1000, target });
  const sold = full.fills.symbol.findIndex((symbol, row) => symbol === 'BTC' && full.fills.quantity[row] < 0);
  assert.ok(sold >= 0, 'BTC was sold');
  assert.match(full.fills.tag[sold], /BTC drifted/);
  assert.ok(Math.abs(full.columns.weights.BTC.at(-1) - 0.5) < 1e-9);
});

test('leaves a drift within the band alone', () => {
  const prices = { BTC: [100, 100, 120, 120], ETH: [10, 10, 10, 10] };
  const { full } = runOnPrices(strategy, { prices, cash: 1000, target, params: { band: 0.1 } });
  assert.equal(full.fills.symbol.length, 2);
});
`;
}
