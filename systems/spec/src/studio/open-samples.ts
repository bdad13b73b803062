import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { clinicVisits } from '../../samples/studio/clinic-visits.ts'
import { libraryLoans } from '../../samples/studio/library-loans.ts'
import type { SampleRepository } from '../../samples/studio/sample-repository.ts'
import { writeAgreedFacts } from '../check/check-spec.ts'
import { extractFacts } from '../extract/extract-facts.ts'
import { git } from '../plan/git.ts'
import { writeSpecs } from '../write/write-specs.ts'
import { writeBelow } from './repositories.ts'
import type { Repositories } from './repositories.ts'

export const sampleRepositories = [libraryLoans, clinicVisits]

/** Makes the repositories of the sample below a folder, and opens them: a service, its spec, and a commit that parted from it. */
export async function openSamples(
  repositories: Repositories,
  folder: string,
  tenantId: string,
  signal: AbortSignal,
): Promise<void> {
  for (const sample of sampleRepositories) {
    const root = join(folder, sample.id)
    await makeSample(sample, root, signal)
    await repositories.open(tenantId, root, signal, { id: sample.id, name: sample.name, isSample: true })
  }
}

/** Without git on the machine there is no history and no build, and all else is as it is with it. */
export async function makeSample(sample: SampleRepository, root: string, signal: AbortSignal): Promise<void> {
  await rm(root, { recursive: true, force: true })
  for (const [path, text] of Object.entries(sample.files))
    // Tests in TypeScript need a Node that strips types: the one that runs this does, and another may be first on the path.
    await writeBelow(root, path, text.replace('node --test', `\\"${process.execPath}\\" --test`))
  const hasGit = await git(root, ['init', '--quiet', '--initial-branch=main'], signal).then(
    () => true,
    () => false,
  )
  const commit = async (message: string, author: string) => {
    if (!hasGit) return
    const who = ['-c', `user.name=${author}`, '-c', `user.email=${author.toLowerCase()}@example.com`]
    await git(root, ['add', '--all'], signal)
    await git(root, [...who, 'commit', '--quiet', '-m', message], signal)
  }
  await commit('Begin', 'Ada')
  const { set } = await extractFacts(root, () => undefined, signal)
  await writeSpecs(root, set, 'openspec', signal)
  await writeAgreedFacts(root, set)
  await commit('Write the spec', 'Ada')
  const { path, from, to, message } = sample.drift
  const text = await readFile(join(root, path), 'utf8')
  await writeBelow(root, path, text.replace(from, to))
  await commit(message, 'Grace')
}
