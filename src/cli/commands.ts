import type { Command, CommandGroup } from './command.ts';
import { check } from './commands/check.ts';
import { claims } from './commands/claims.ts';
import { compare } from './commands/compare.ts';
import { data } from './commands/data.ts';
import { newStrategy } from './commands/new.ts';
import { regimes } from './commands/regimes.ts';
import { plan } from './commands/plan.ts';
import { report } from './commands/report.ts';
import { run } from './commands/run.ts';
import { strategies } from './commands/strategies.ts';
import { tax } from './commands/tax.ts';
import { venues } from './commands/venues.ts';

/** Everything `kedge` can do, in the order of its help. */
export const COMMANDS: readonly (Command | CommandGroup)[] = [
  compare,
  run,
  plan,
  report,
  strategies,
  newStrategy,
  check,
  claims,
  venues,
  regimes,
  tax,
  data,
];
