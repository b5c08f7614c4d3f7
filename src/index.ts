/** The public API: what strategy files import as `kedge`. */

// Writing a strategy
export { z } from 'zod';
export { defineStrategy } from './strategy/define.ts';
export type { Strategy } from './strategy/define.ts';
export type * from './strategy/types.ts';
