import type { Confidence, Fact, Figures, Product, Provenance } from '../facts.ts';

/** A source with its date and how far it may be trusted. */
export type Source = Pick<Provenance, 'source' | 'asOf' | 'confidence'>;

export const SPOT: readonly Product[] = ['spot'];
export const PERPETUALS: readonly Product[] = ['linear perpetual', 'inverse perpetual'];
export const FUTURES: readonly Product[] = ['linear future', 'inverse future'];
export const CONTRACTS: readonly Product[] = [...PERPETUALS, ...FUTURES];
export const LINEAR: readonly Product[] = ['linear perpetual', 'linear future'];

/** Names a source. */
export function from(confidence: Confidence, source: string, asOf: string): Source {
  return { confidence, source, asOf };
}

/** What was collected in the research notes for these presets, none of it read live. */
const NOTES = '2026-11-22';
const LARGE = ['BNB', 'SOL', 'XRP', 'DOGE', 'ADA'];
const MIDDLE = ['LINK', 'LTC', 'AVAX', 'DOT', 'BCH', 'UNI', 'ATOM', 'ETC', 'FIL', 'NEAR', 'TRX', 'XLM', 'SHIB'];
// Binance BTCUSDT averaged a full spread of 0.19 bp in 2023; the rest is judged by market size.
const HALF_SPREADS: readonly (readonly [coins: readonly string[] | null, halfSpread: number])[] = [
  [['BTC', 'ETH'], 0.000025],
  [LARGE, 0.0001],
  [MIDDLE, 0.00025],
  [null, 0.00075],
];

/**
 * Half-spread by size of the coin's market, and the square-root impact: what fills are assumed to cost beyond fees.
 *
 * @param factor - how much wider than on the largest venues the spread is
 */
export function slippageFacts(products: readonly Product[], factor = 1): readonly Fact[] {
  const wider = factor === 1 ? '' : `, times ${factor} on a smaller venue`;
  return [
    ...HALF_SPREADS.map(([coins, halfSpread]): Fact => ({
      figure: 'halfSpread',
      products,
      ...(coins && { coins }),
      value: halfSpread * factor,
      ...from('judgement', `by market size (0.25, 1, 2.5, 7.5 bp)${wider}; not a measurement`, NOTES),
    })),
    {
      figure: 'impact',
      products,
      value: 1,
      ...from(
        'third party',
        'square-root law with Y = 1; fits of 0.3 to 1.05 are quoted (Donier & Bonart, arXiv 1412.4503)',
        '2015',
      ),
    },
  ];
}

/** Facts of one figure that differ by coin. */
export function byCoin<F extends keyof Figures>(
  figure: F,
  values: Readonly<Record<string, Figures[F]>>,
  rest: Omit<Provenance, 'coins'>,
): readonly Fact[] {
  // The pairing of figure and value is held by the parameter types; TypeScript does not follow it into the union.
  return Object.entries(values).map(([coin, value]) => ({ figure, value, coins: [coin], ...rest }) as unknown as Fact);
}

/** Funding of the kind that most venues share: every 8 hours from midnight, 0.01 % interest, cut at 0.05 % from the premium. */
export const EIGHT_HOURS = { intervalHours: 8, interest: 0.0001, clamp: 0.0005 } as const;
