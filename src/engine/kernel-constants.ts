// What the loops of the kernel compare with. The build takes constants over as literals from files that import nothing.

/** How many bars pass without a decision, now or before the last one, where bars are skimmed: to start costs as much as a bar. */
export const CALM = 8;

/** What booked anything in a bar: a batch of spot fills, which its record tells all of; anything else. */
export const BATCH = 1;
export const OTHERWISE = 2;

/** Relative to equity: what float64 sums over a long run may lose (accounting.md, section 5). */
export const IDENTITY_TOLERANCE = 1e-9;

/** Which orders are resolved at once: of every instrument, or of one kind. */
export const EVERY = 0;
export const CONTRACTS = 1;
export const SPOT = 2;
