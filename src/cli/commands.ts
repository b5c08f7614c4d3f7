import type { Command, CommandGroup } from './command.ts';

/** Everything `kedge` can do, in the order of its help. */
export const COMMANDS: readonly (Command | CommandGroup)[] = [];
