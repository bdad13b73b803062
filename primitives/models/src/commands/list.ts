import type { Command } from '@heavylift/core'
import { catalogue } from '../engine/pull/catalogue.ts'
import { listPulled, readCurrentModel } from '../engine/pull/pulled-models.ts'

/** `heavylift models list`: what is on this machine and what can be pulled by name. */
export const listCommand: Command = {
  name: 'list',
  summary: 'Lists the pulled models, and those that can be pulled by name.',
  async run({ dataDir, print }) {
    const [models, current] = await Promise.all([listPulled(dataDir), readCurrentModel(dataDir)])
    if (models.length === 0) print('No model is on this machine yet.')
    for (const model of models) {
      const mark = model.name === current ? '*' : ' '
      print(
        `${mark} ${model.name.padEnd(24)} ${`${(model.bytes / 1e6).toFixed(0)} MB`.padStart(9)}  ${model.source}`,
      )
    }
    const absent = catalogue.filter(({ name }) => !models.some((model) => model.name === name))
    if (absent.length > 0) print('Can be pulled by name:')
    for (const { name, summary } of absent) print(`  ${name.padEnd(24)} ${summary}`)
    return {
      models,
      current,
      available: absent.map(({ name, summary, licence }) => ({ name, summary, licence })),
    }
  },
}
