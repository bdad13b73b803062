import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseNet } from './mode-net.ts'
import type { NetWeights } from './mode-net.ts'

/** Where the committed weights are, with their reports. */
export const weightsDir = join(import.meta.dirname, '..', '..', '..', 'weights')

let loaded: NetWeights | null = null

/** The committed net of `heavylift drive train prediction`, read once. Throws `weights-invalid`. */
export function committedNet(): NetWeights {
  loaded ??= parseNet(JSON.parse(readFileSync(join(weightsDir, 'prediction.json'), 'utf8')))
  return loaded
}
