import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where binary caches of market data go: `KEDGE_CACHE`, else the user's cache directory. They may be deleted at any time.
 */
export function cacheDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  const own = environment['KEDGE_CACHE'];
  if (own !== undefined && own !== '') return own;
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'kedge');
}
