import {
  ANCHOR,
  anchorHedge,
  anchorNeeds,
  anchorParams,
  buyShortfalls,
  coinsIn,
  dateParam,
  defineStrategy,
  futureFor,
  parseDate,
  targetNow,
  targetOf,
  targetParams,
  z,
  type FutureView,
  type Step,
} from 'kedge';

/**
 * The article's section 7.2: the hedge is a short dated future in place of the perpetual. It pays no funding: what it costs or brings is
 * its basis, known at the start for as long as it is held. Before expiry it is rolled into a later one as a pair.
 *
 * With `until`, for a day on which the money is needed: whatever is over its target is hedged at once, with the first future that expires
 * after that day, and sold on it. The target says what is to be kept.
 */
export default defineStrategy({
  name: 'anchor-dated',
  summary: 'Hedge with dated futures and roll them; or hedge now and sell on a known day.',
  params: z.object({
    ...targetParams,
    ...anchorParams('btcWeight'),
    rollDays: z.number().min(0).max(60).default(7).describe('days before expiry at which the future is rolled'),
    minDays: z.number().min(0).max(400).default(30).describe('days that a future must have left to be opened or rolled into'),
    until: dateParam.optional().describe('hedge everything over its target now, and sell it on this UTC date'),
  }),
  needs(params, { target }) {
    const { perpetuals, ...needs } = anchorNeeds(params, targetOf(params, target));
    return { ...needs, futures: perpetuals! };
  },
  setup({ params, target, hasLots }) {
    const aim = targetOf(params, target);
    const { rollDays } = params;
    const until = params.until === undefined ? -Infinity : parseDate(params.until);
    /** The future to open or to roll into: until the day the one that outlives it, then one with enough days left. */
    const pick = (listed: readonly FutureView[], now: number): FutureView | null =>
      futureFor(listed, Math.max(params.minDays, rollDays), now < until ? until : -Infinity);
    const hedge = anchorHedge(params, aim, {
      side: 'over',
      literal: (excess) => -excess,
      contractOf: (base, { market, portfolio }) => {
        const listed = market.futures(base);
        const held = listed.find(({ symbol }) => portfolio.quantity(symbol) !== 0);
        return (held ?? pick(listed, market.time))?.symbol ?? null;
      },
      carryOf: ({ base, contract, notional }, market) => {
        // A short sells at the basis and sees it vanish by the expiry: a positive one is its income.
        const future = market.futures(base).find(({ symbol }) => symbol === contract);
        return future === undefined ? NaN : Math.sign(notional) * future.annualisedBasis;
      },
    });
    let decided = false;
    let isSold = false;

    /** Rolls what is about to expire; true where something is being rolled. */
    const roll = ({ market, portfolio, orders }: Step): boolean => {
      let rolling = false;
      for (const base of params.objective === 'twoLeg' ? coinsIn(aim) : [ANCHOR]) {
        const listed = market.futures(base);
        const old = listed.find(({ symbol }) => portfolio.quantity(symbol) !== 0);
        // A future that outlives the day needs no roll.
        if (old === undefined || old.days > rollDays || (market.time < until && old.expiry >= until)) continue;
        const later = listed.filter(({ expiry }) => expiry > old.expiry);
        const next = pick(later, market.time);
        if (next === null) continue;
        const change = (100 * (next.mark / old.mark - 1)).toFixed(2);
        orders.roll(old.symbol, next.symbol, {
          tag: `${old.symbol} expires in ${old.days.toFixed(1)} days; the next is ${change}% away`,
        });
        rolling = true;
      }
      return rolling;
    };

    return {
      onBar(step) {
        const first = !decided;
        decided = true;
        const rule = targetNow(aim, step);
        if (first && !hasLots) {
          step.orders.targetWeights(rule.weights, { tag: 'buy the target' });
          return;
        }
        const waits = step.market.time < until;
        if (!waits && until > 0 && !isSold) {
          isSold = true;
          hedge.sell(step, rule, 'the day has come: sell what was hedged');
          return;
        }
        if (roll(step)) return;
        // Until the day, any excess is hedged, inside the band or not.
        const { legs, isDone } = hedge.follow(step, waits ? { ...rule, band: Number.EPSILON } : rule);
        if (!isDone && !waits) buyShortfalls(step, rule, legs, first);
      },
    };
  },
});
