import type { Direction, Estimate } from '../../analysis/claims/verdict.ts';
import type { ClaimGround } from './ground.ts';

/** The same measure of another form of the tactic: corrected, or a counterfactual. */
export interface Variant {
  readonly name: string;
  readonly measure: (ground: ClaimGround) => Estimate | null;
}

/**
 * One claim of the source article, with how it is judged. Threshold and direction stand here, beside the claim, and were fixed before
 * looking at any result.
 */
export interface Claim {
  /** Number in the list of claims. */
  readonly id: number;
  /** Section of the article. */
  readonly section: string;
  readonly claim: string;
  readonly test: {
    /** What is measured, with its unit. */
    readonly measure: string;
    /** The claim holds when the effect lies on this side of the threshold. */
    readonly direction: Direction;
    readonly threshold: number;
    readonly effect: (ground: ClaimGround) => Estimate | null;
    readonly variants?: readonly Variant[];
  } | null;
  /** What to know when reading the verdict; for what is not tested: why. */
  readonly note: string;
}
