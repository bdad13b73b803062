import type { CommandInput } from '@heavylift/core'
import { readCurrentModel, removePulled } from '@heavylift/engine/pulled'

/** `heavylift models remove NAME`: deletes a pulled model. */
export async function removeByCommand({ args, dataDir, print }: CommandInput) {
  const model = await removePulled(dataDir, args['model'] ?? '')
  const current = await readCurrentModel(dataDir)
  print(`${model.name} is deleted (${(model.bytes / 1e6).toFixed(0)} MB).`)
  print(current === null ? 'No model is left for the local engine.' : `The local engine serves ${current}.`)
  return { removed: model.name, current }
}
