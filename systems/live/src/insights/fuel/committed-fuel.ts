import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { weightsDir } from '../../learn/weights-dir.ts'
import type { WeightsFile } from '../../learn/weights-file.ts'
import { loadFuelWeights } from './fuel-weights.ts'
import type { FuelWeights } from './fuel-weights.ts'

let committed: FuelWeights | null = null

/** The committed burn model, read once. */
export function committedFuel(): FuelWeights {
  committed ??= loadFuelWeights(
    JSON.parse(readFileSync(join(weightsDir, 'fuel.json'), 'utf8')) as WeightsFile,
  )
  return committed
}
