import { LotHeap } from './lot-heap.ts';
import type { LotOrder } from './lot-order.ts';
import { LotQueue } from './lot-queue.ts';
import type { LotMethod } from './methods.ts';

/** The order of a method over so many assets, empty. Average cost gives lots up by age, for their holding periods. */
export function lotOrder(method: LotMethod, assets: number): LotOrder {
  switch (method) {
    case 'fifo':
    case 'average':
      return new LotQueue(assets, false);
    case 'lifo':
      return new LotQueue(assets, true);
    case 'hifo':
      return new LotHeap(assets);
    default:
      return method satisfies never;
  }
}
