import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileAtomically } from './atomic-file.ts';
import { makeFolder, type TakeBack } from './folder.ts';

/** Files that belong together: where the work that writes them fails, those that were not there before go again, with their folders. */
export class NewFiles {
  readonly #takeBack: TakeBack[] = [];

  /** Writes one file, whole or not at all, in a folder that is made where it is missing. */
  async write(path: string, content: string | Uint8Array): Promise<void> {
    const isNew = !existsSync(path);
    const emptied = await makeFolder(dirname(path));
    this.#takeBack.push(async () => {
      if (isNew) await rm(path, { force: true });
      await emptied();
    });
    await writeFileAtomically(path, content);
  }

  /** From now on the files so far stay. */
  keep(): void {
    this.#takeBack.length = 0;
  }

  /** Removes what is new. */
  async discard(): Promise<void> {
    for (const takeBack of this.#takeBack.splice(0).toReversed()) await takeBack();
  }
}
