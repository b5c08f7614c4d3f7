import picocolors from 'picocolors';
import type { JudgedClaim, JudgedClaims } from '../analysis/claims/judged.ts';
import { VERDICTS } from '../analysis/claims/verdict.ts';
import { formatDate } from '../core/time.ts';
import { UNDEFINED, decimal } from './format.ts';
import { printable } from './names.ts';
import type { TextOptions } from './text.ts';
import { PROSE_WIDTH, wrapped } from './text-table.ts';

const INDENT = '      ';

/** All claims for the terminal: a verdict a line, what was measured below it, the count of verdicts last. */
export function claimsText({ name, synthetic, market, claims }: JudgedClaims, { color, width }: TextOptions): string {
  const colors = picocolors.createColors(color);
  const prose = Math.min(width, PROSE_WIDTH) - INDENT.length;
  const body = claims.flatMap((claim) => [
    `${String(claim.id).padStart(4)}  ${colors.bold(claim.verdict)}`,
    ...wrapped(`${claim.claim} (${claim.section})`, prose).map((line) => INDENT + line),
    ...measured(claim).flatMap((text) => wrapped(text, prose).map((line) => INDENT + colors.dim(line))),
  ]);
  const counts = VERDICTS.map((verdict) => `${claims.filter((claim) => claim.verdict === verdict).length} ${verdict}`);
  const ground = `${printable(name)}: ${market.symbols.map(printable).join(', ')}, ${formatDate(market.from)} to ${formatDate(market.to)}`;
  return [
    ...body,
    '',
    ...wrapped(ground, Math.min(width, PROSE_WIDTH)),
    counts.join(', '),
    ...(synthetic ? [colors.yellow('The prices are synthetic: this is a demonstration and no evidence.')] : []),
  ].join('\n');
}

function measured({ measure, missing, note, ...claim }: JudgedClaim): string[] {
  if (measure === null) return [note];
  if (missing !== null) return [`${measure}: ${missing}`];
  return [`${measure}: ${effectText(claim)}, needs ${neededText(claim)}`];
}

/** `0.021 [−0.010, 0.052]`; one figure where it is a count. */
export function effectText({ effect, low, high }: Pick<JudgedClaim, 'effect' | 'low' | 'high'>): string {
  if (effect === null) return UNDEFINED;
  if (low === high && low === effect) return significant(effect);
  if (low === null || high === null) return `${significant(effect)}, too few days for an interval`;
  return `${significant(effect)} [${significant(low)}, ${significant(high)}]`;
}

/** `above 0` */
export function neededText({ direction, threshold }: Pick<JudgedClaim, 'direction' | 'threshold'>): string {
  return threshold === null || direction === null ? UNDEFINED : `${direction} ${significant(threshold)}`;
}

/** Three figures that count, without trailing zeros. */
function significant(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return decimal(value, 0);
  const decimals = Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))));
  return decimal(value, decimals)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}
