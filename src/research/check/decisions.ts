import type { Place } from '../../core/errors.ts';
import type { Strategy } from '../../strategy/define.ts';
import { checkHandlers } from '../../strategy/check.ts';
import { strategyPlace } from '../../strategy/trace.ts';
import type { Handlers, Orders, Step, Wake } from '../../strategy/types.ts';

/** One call of a strategy on its order desk. */
export interface Decision {
  /** Bar of the run, 0 its first. */
  readonly bar: number;
  /** The bar's close, UTC ms. */
  readonly time: number;
  /** `target`, `targetWeights`, … */
  readonly call: string;
  readonly args: readonly unknown[];
  /** Line of the strategy that made the call; undefined where the stack does not tell. */
  readonly place: Place | undefined;
}

/** What a watched strategy tells of its run. */
export interface Watcher {
  /** Before and after anything of the strategy's own runs. */
  readonly enter?: () => void;
  readonly leave?: () => void;
  /** Before and after the strategy saw a bar; called at every bar from its first decision on. */
  readonly beforeBar?: (step: Step) => void;
  readonly afterBar?: (step: Step) => void;
  readonly onDecision?: (decision: Decision) => void;
}

/**
 * The same strategy, watched. It is called at every bar, and calls the author's `onBar` where the declared wake holds, as the kernel
 * would; results are those of the strategy itself.
 */
export function watched(strategy: Strategy, watcher: Watcher): Strategy {
  const { enter = nothing, leave = nothing } = watcher;
  const guarded = <A extends unknown[], R>(body: (...args: A) => R): ((...args: A) => R) => {
    return (...args) => {
      enter();
      try {
        return body(...args);
      } finally {
        leave();
      }
    };
  };
  return {
    ...strategy,
    needs: guarded((params, context) => strategy.needs(params, context)),
    setup: (context) => {
      const handlers = checkHandlers(strategy.name, guarded(() => strategy.setup(context) as unknown)());
      return watchedHandlers(handlers, watcher, guarded);
    },
  };
}

type Guarded = <A extends unknown[], R>(body: (...args: A) => R) => (...args: A) => R;

function watchedHandlers(handlers: Handlers, watcher: Watcher, guarded: Guarded): Handlers {
  const faceOf = stepFaces(watcher);
  const { onBar, wake, onFill, onFunding, onExpiry, onLiquidation } = handlers;
  const own = onBar && guarded((step: Step) => onBar.call(handlers, step));
  let decided = false;
  const heard = <E>(handler: ((event: E, step: Step) => void) | undefined) => {
    if (handler === undefined) return undefined;
    const call = guarded((event: E, step: Step) => handler.call(handlers, event, step));
    return (event: E, step: Step) => call(event, faceOf(step));
  };
  const listeners = {
    onFill: heard(onFill),
    onFunding: heard(onFunding),
    onExpiry: heard(onExpiry),
    onLiquidation: heard(onLiquidation),
  };
  return {
    ...(Object.fromEntries(Object.entries(listeners).filter(([, handler]) => handler !== undefined)) as Handlers),
    onBar(step) {
      watcher.beforeBar?.(step);
      if (!decided || wakes(wake, step)) own?.(faceOf(step));
      decided = true;
      watcher.afterBar?.(step);
    },
  };
}

/** The step as the strategy sees it: its orders are noted on their way to the desk. */
function stepFaces({ onDecision }: Watcher): (step: Step) => Step {
  if (onDecision === undefined) return (step) => step;
  let seen: Step | undefined;
  let face: Step | undefined;
  return (step) => {
    if (step === seen) return face!;
    seen = step;
    face = { market: step.market, portfolio: step.portfolio, orders: notingOrders(step, onDecision) };
    return face;
  };
}

function notingOrders({ market, orders }: Step, onDecision: (decision: Decision) => void): Orders {
  return new Proxy(orders, {
    get(desk, name) {
      const member: unknown = Reflect.get(desk, name, desk);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        const place = strategyPlace(new Error());
        onDecision({ bar: market.bar, time: market.time, call: String(name), args: structuredClone(args), place });
        return Reflect.apply(member, desk, args) as unknown;
      };
    },
  });
}

/** Whether the kernel would call `onBar`, told from what the strategy may see. */
function wakes(wake: Wake | undefined, { market, portfolio }: Step): boolean {
  if (wake === undefined) return true;
  switch (wake.kind) {
    case 'calendar':
      return market.isBoundary(wake.every);
    case 'outside':
      return Object.entries(wake.weights).some(([symbol, weight]) => {
        const wanted = weight * portfolio.equity;
        const allowed = wake.band * (wake.bandKind === 'relative' ? wanted : portfolio.equity);
        return Math.abs(portfolio.value(symbol) - wanted) > allowed;
      });
    default:
      return wake satisfies never;
  }
}

function nothing(): void {}
