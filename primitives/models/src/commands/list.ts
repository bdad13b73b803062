import type { CommandInput } from '@heavylift/core'
import { catalogue } from '@heavylift/engine/catalogue'
import { listPulled, readCurrentModel } from '@heavylift/engine/pulled'

/** `heavylift models list`: what is on this machine and what can be pulled by name. */
export async function listModels({ dataDir, print }: CommandInput) {
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
  for (const { name, summary, bytes } of absent) {
    print(`  ${name.padEnd(24)} ${`${(bytes / 1e6).toFixed(0)} MB`.padStart(9)}  ${summary}`)
  }
  return {
    models,
    current,
    available: absent.map(({ name, summary, licence }) => ({ name, summary, licence })),
  }
}
