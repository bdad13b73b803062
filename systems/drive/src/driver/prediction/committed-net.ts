import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseNet } from './mode-net.ts'
import type { NetWeights } from './mode-net.ts'

/** Where the committed weights are, with their reports. */
export const weightsDir = fileURLToPath(new URL('../../../weights/', import.meta.url))

let loaded: NetWeights | null = null

/** The committed net of `heavylift drive train prediction`, read once. Throws `weights-invalid`. */
export function committedNet(): NetWeights {
  loaded ??= parseNet(
    JSON.parse(readFileSync(new URL('../../../weights/prediction.json', import.meta.url), 'utf8')),
  )
  return loaded
}
