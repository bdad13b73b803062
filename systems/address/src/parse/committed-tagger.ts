import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Places } from './places.ts'
import { Tagger } from './tagger.ts'
import { readWeights } from './weights-file.ts'

/** Where the committed weights are, with their report. */
export const weightsDir = join(import.meta.dirname, '..', '..', 'weights')
export const weightsName = 'tagger.bin.gz'

export interface AddressReader {
  tagger: Tagger
  places: Places
}

let committed: AddressReader | null = null

/** The tagger of `heavylift address train` and the known places, read once. Throws `weights-invalid`. */
export function committedReader(): AddressReader {
  committed ??= {
    tagger: new Tagger(readWeights(readFileSync(join(weightsDir, weightsName)))),
    places: new Places(),
  }
  return committed
}
