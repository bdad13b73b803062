import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadCrossFitted } from './cross-fit.ts'
import type { CrossFittedModel } from './cross-fit.ts'

/** Where the committed weights are. */
export const weightsDir = join(import.meta.dirname, '../../weights/')

const loaded = new Map<string, CrossFittedModel>()

/** A committed model, read once. Throws when its file is not there. */
export function committedModel(name: string): CrossFittedModel {
  const known = loaded.get(name)
  if (known !== undefined) return known
  const model = loadCrossFitted(JSON.parse(readFileSync(join(weightsDir, `${name}.json`), 'utf8')))
  loaded.set(name, model)
  return model
}
