import type { Command } from '@heavylift/core'
import { readCurrentModel, removePulled } from '../engine/pull/pulled-models.ts'

/** `heavylift models remove NAME`: deletes a pulled model. */
export const removeCommand: Command = {
  name: 'remove',
  summary: 'Deletes a pulled model.',
  args: [{ name: 'model', summary: 'Its name, as heavylift models list shows it.' }],
  async run({ args, dataDir, print }) {
    const model = await removePulled(dataDir, args['model'] ?? '')
    const current = await readCurrentModel(dataDir)
    print(`${model.name} is deleted (${(model.bytes / 1e6).toFixed(0)} MB).`)
    print(current === null ? 'No model is left for the local engine.' : `The local engine serves ${current}.`)
    return { removed: model.name, current }
  },
}
