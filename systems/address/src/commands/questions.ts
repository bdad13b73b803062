import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { CommandInput } from '@heavylift/core'
import { csvLine } from '@heavylift/core/rows'
import type { ExpectedRight } from '../decide/expected.ts'

/** Answers after which more tell little, and addresses from which on asking for them is worth it. */
const asked = 30
const worthFrom = 100

/** A few addresses of a file, drawn at random by their ids, whose kind a person is to say: the same file asks the same, wherever it is gone on with. */
export class Questions {
  #seen = 0
  #drawn: { rank: string; id: string; address: string }[] = []

  offer(id: string, address: string): void {
    this.#seen++
    const rank = createHash('sha256').update(id).digest('hex')
    if (this.#drawn.length >= asked && rank >= this.#drawn.at(-1)!.rank) return
    this.#drawn.push({ rank, id, address })
    this.#drawn.sort((a, b) => (a.rank < b.rank ? -1 : 1))
    this.#drawn.length = Math.min(this.#drawn.length, asked)
  }

  /** Writes them with an empty column `kind`, unless there are too few addresses, or somebody may be filling in the file already. */
  async write(
    file: string,
    expected: ExpectedRight | null,
    { print }: Pick<CommandInput, 'print'>,
  ): Promise<void> {
    if (this.#seen < worthFrom) return
    if (!existsSync(file))
      await writeFile(
        file,
        [['id', 'address', 'kind'], ...this.#drawn.map(({ id, address }) => [id, address, ''])]
          .map(csvLine)
          .join(''),
      )
    const percent = (share: number) => `${Math.round(share * 100)} %`
    print(
      `Nobody told yet what is usual here, so rows that no document speaks of are all asked about${expected === null ? '' : `: about ${percent(expected.likely)} of the kinds may be right, and of ten lists that it had never seen nine were between ${percent(expected.low)} and ${percent(expected.high)}`}. Fill in the kinds of ${file} and run again with --answers ${file} --fresh.`,
    )
  }
}
