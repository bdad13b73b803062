import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

/** What is said of the errors of a service, in the order of the words. */
export async function saidErrors(files: Record<string, string>): Promise<string[]> {
  const { set } = await extractFiles(files)
  const titles = new Map(
    set.facts.flatMap((one) => (one.kind === 'operation' ? [[one.id, `${one.method} ${one.path}`]] : [])),
  )
  return set.facts
    .flatMap((one) => (one.kind === 'error' ? [sayFact(one, titles.get(one.operation) ?? '')] : []))
    .toSorted()
}
