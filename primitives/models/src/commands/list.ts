import type { CommandInput } from '@heavylift/core'
import { formatTable } from '@heavylift/core/text'
import { catalogue } from '@heavylift/engine/catalogue'
import { listPulled, readCurrentModel } from '@heavylift/engine/pulled'

/** `heavylift models list`: what is on this machine and what can be pulled by name. */
export async function listModels({ dataDir, print }: CommandInput) {
  const [models, current] = await Promise.all([listPulled(dataDir), readCurrentModel(dataDir)])
  if (models.length === 0) print('No model is on this machine yet.')
  else {
    print(
      formatTable(
        ['', 'Model', 'Size', 'From'],
        models.map(({ name, bytes, source }) => [
          name === current ? '*' : '',
          name,
          inMegabytes(bytes),
          source,
        ]),
        ['Size'],
      ),
    )
  }
  const absent = catalogue.filter(({ name }) => !models.some((model) => model.name === name))
  if (absent.length > 0) {
    print('Can be pulled by name:')
    print(
      formatTable(
        ['Model', 'Size', 'What it is'],
        absent.map(({ name, summary, bytes }) => [name, inMegabytes(bytes), summary]),
        ['Size'],
      ),
    )
  }
  return {
    models,
    current,
    available: absent.map(({ name, summary, licence }) => ({ name, summary, licence })),
  }
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`
}
