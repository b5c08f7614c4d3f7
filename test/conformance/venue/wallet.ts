import { initialMargin } from '../../../src/venue/margin.ts';
import type { Inputs } from './inputs.ts';
import type { Position } from './position.ts';

/** Names under which examples state the balance that stands behind a position, without its unrealised result. */
export const WALLETS = [
  'walletBalance',
  'crossWalletBalance',
  'walletBalanceCoin',
  'crossWalletBalanceCoin',
  'isolatedWallet',
  'accountBalance',
  'positionMargin',
  'margin',
  'marginCoin',
] as const;

/** The balance behind a position: stated, or what its leverage asks for, with the margin that was added by hand. */
export function walletOf(inputs: Inputs, { inverse, size }: Position): number {
  const extra = inputs.number('extraMargin') ?? 0;
  if (WALLETS.some((name) => inputs.has(name))) {
    inputs.leave('leverage', 'isolatedMargin');
    return inputs.need(...WALLETS) + extra;
  }
  // A margin that is quoted with the unrealised result in it.
  if (inputs.has('isolatedMargin')) {
    inputs.leave('leverage');
    return inputs.need('isolatedMargin') - inputs.need('unrealizedPnl') + extra;
  }
  const entry = inputs.need('entryPrice');
  return initialMargin(inverse ? size() / entry : size() * entry, inputs.need('leverage')) + extra;
}
