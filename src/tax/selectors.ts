import { LotHeap } from './lot-heap.ts';
import type { LotOrder } from './lot-order.ts';
import { LotQueue } from './lot-queue.ts';
import type { PooledMethod } from './methods.ts';

/** The order of a method over so many assets, empty. Average cost gives lots up by age, for their holding periods. */
export function lotOrder(method: PooledMethod, assets: number): LotOrder {
  switch (method) {
    case 'fifo':
    case 'average-moving':
      return new LotQueue(assets, false);
    case 'lifo':
      return new LotQueue(assets, true);
    case 'hifo':
      return new LotHeap(assets, false);
    case 'lofo':
      return new LotHeap(assets, true);
    default:
      return method satisfies never;
  }
}
