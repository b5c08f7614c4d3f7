import { placeIn } from '../core/sorted.ts';

/** What of a lot is summed up. */
export interface CostedLot {
  /** Per unit; it keeps its place by this, whatever rounding does to its cost. */
  readonly unitCost: number;
  quantity: number;
  cost: number;
}

interface Block<L> {
  readonly lots: L[];
  quantity: number;
  cost: number;
}

/** A block that has grown to this many lots is halved: then neither entering a lot nor asking takes a step per lot. */
const FULL = 512;

/**
 * Lots in order of cost per unit, in blocks with their sums, so that what a price brings over those that gain and over those that lose is
 * told without going through all of them.
 */
export class LotsByCost<L extends CostedLot> {
  readonly #blocks: Block<L>[] = [];
  /** As of the last `weigh`. */
  gains = 0;
  losses = 0;

  add(lot: L): void {
    const blocks = this.#blocks;
    if (blocks.length === 0) {
      blocks.push({ lots: [lot], quantity: lot.quantity, cost: lot.cost });
      return;
    }
    const place = this.#blockOf(lot.unitCost);
    const block = blocks[place]!;
    const at = placeIn(block.lots, ({ unitCost }) => unitCost < lot.unitCost);
    block.lots.splice(at, 0, lot);
    block.quantity += lot.quantity;
    block.cost += lot.cost;
    if (block.lots.length >= FULL) blocks.splice(place, 1, ...halves(block));
  }

  /** A part of a lot is given up: before the lot itself tells less. */
  take(lot: L, quantity: number, cost: number): void {
    const block = this.#blocks[this.#find(lot)]!;
    block.quantity -= quantity;
    block.cost -= cost;
  }

  remove(lot: L): void {
    const place = this.#find(lot);
    const block = this.#blocks[place]!;
    block.lots.splice(block.lots.indexOf(lot), 1);
    if (block.lots.length === 0) this.#blocks.splice(place, 1);
    block.quantity -= lot.quantity;
    block.cost -= lot.cost;
  }

  clear(): void {
    this.#blocks.length = 0;
  }

  /** What a sale of everything at a price per unit gains, over the lots that gain, and loses over the others (0 or less). */
  weigh(price: number): void {
    this.gains = 0;
    this.losses = 0;
    for (const { lots, quantity, cost } of this.#blocks) {
      if (lots.at(-1)!.unitCost <= price) this.gains += quantity * price - cost;
      else if (lots[0]!.unitCost > price) this.losses += quantity * price - cost;
      else {
        for (const lot of lots) {
          const result = lot.quantity * price - lot.cost;
          if (result < 0) this.losses += result;
          else this.gains += result;
        }
      }
    }
  }

  /** Place of the block that holds a lot; lots of one cost may go over several blocks. */
  #find(lot: L): number {
    let place = this.#blockOf(lot.unitCost);
    while (!this.#blocks[place]!.lots.includes(lot)) place++;
    return place;
  }

  /** Place of the first block whose last lot costs at least this; the last block where none does. */
  #blockOf(unitCost: number): number {
    const place = placeIn(this.#blocks, ({ lots }) => lots.at(-1)!.unitCost < unitCost);
    return Math.min(place, this.#blocks.length - 1);
  }
}

function halves<L extends CostedLot>({ lots }: Block<L>): Block<L>[] {
  const middle = lots.length >> 1;
  return [lots.slice(0, middle), lots.slice(middle)].map((half) => ({
    lots: half,
    quantity: half.reduce((sum, { quantity }) => sum + quantity, 0),
    cost: half.reduce((sum, { cost }) => sum + cost, 0),
  }));
}
