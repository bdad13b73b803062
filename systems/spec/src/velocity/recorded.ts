import { createHash } from 'node:crypto'
import type { Ledger } from '@heavylift/store'
import { z } from 'zod'
import { git } from '../plan/git.ts'
import type { Deployment } from './deployment.ts'

const known = z.object({
  hasFailed: z.boolean().nullable(),
  isRework: z.boolean().nullable(),
  batchCommits: z.number().nullable(),
  leadHours: z.number().nullable(),
  recoveryHours: z.number().nullable(),
})
const deploymentKinds = ['deployment', 'sample-deployment'] as const
const adoptionKinds = ['adoption', 'sample-adoption', 'build', 'sample-build'] as const
const pageSize = 500

/** Writes deployments down in the ledger; the same repository and time twice is one. Returns how many were given. */
export async function recordDeployments(
  ledger: Ledger,
  tenantId: string,
  deployments: readonly Deployment[],
  { isSample = false } = {},
): Promise<number> {
  await ledger.decideAll(
    deployments.map(({ repository, atMs, ...output }) => ({
      ...noMore,
      id: `deployment-${hashOf(`${repository} ${atMs}`)}`,
      tenantId,
      kind: isSample ? 'sample-deployment' : 'deployment',
      subjectId: repository,
      inputHash: hashOf(`${repository} ${atMs}`),
      output,
      atMs,
    })),
  )
  return deployments.length
}

/** From when on a repository works with its spec; where nobody said so, its first build that passed the gates is taken. */
export async function recordAdoption(
  ledger: Ledger,
  tenantId: string,
  repository: string,
  atMs: number,
  { isSample = false } = {},
): Promise<void> {
  await ledger.decide({
    ...noMore,
    id: `adoption-${hashOf(`${repository} ${atMs}`)}`,
    tenantId,
    kind: isSample ? 'sample-adoption' : 'adoption',
    subjectId: repository,
    inputHash: hashOf(`${repository} ${atMs}`),
    output: {},
    atMs,
  })
}

const noMore = {
  system: 'spec',
  inputRef: null,
  confidence: null,
  costMicros: 0,
  durationMs: 0,
  version: '1',
}
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 24)

export interface Recorded {
  /** By repository, in order of time. */
  deployments: Map<string, Deployment[]>
  adoptions: Map<string, number>
  samples: Set<string>
}

/** What the ledger has of deployments and adoptions. */
export async function readRecorded(ledger: Ledger, tenantId: string): Promise<Recorded> {
  const recorded: Recorded = { deployments: new Map(), adoptions: new Map(), samples: new Set() }
  for (const kind of deploymentKinds)
    for await (const { subjectId, output, atMs } of all(ledger, tenantId, kind)) {
      const repository = subjectId ?? ''
      const deployment = { repository, atMs, ...known.parse(output) }
      recorded.deployments.set(repository, [...(recorded.deployments.get(repository) ?? []), deployment])
      if (kind === 'sample-deployment') recorded.samples.add(repository)
    }
  for (const [name, rows] of recorded.deployments)
    recorded.deployments.set(
      name,
      rows.toSorted((a, b) => a.atMs - b.atMs),
    )
  const said = new Set<string>()
  for (const kind of adoptionKinds)
    for await (const { subjectId, output, atMs } of all(ledger, tenantId, kind)) {
      const isSaid = kind.endsWith('adoption')
      const repository = isSaid ? (subjectId ?? '') : (subjectId ?? '').split('/')[0]
      if (repository === undefined || (!isSaid && (said.has(repository) || !isDone(output)))) continue
      if (isSaid) said.add(repository)
      recorded.adoptions.set(repository, Math.min(atMs, recorded.adoptions.get(repository) ?? Infinity))
    }
  return recorded
}

const isDone = (output: unknown) => z.object({ step: z.literal('done') }).safeParse(output).success

async function* all(ledger: Ledger, tenantId: string, kind: string) {
  let beforeId: string | undefined
  for (;;) {
    const page = await ledger.decisions(tenantId, {
      system: 'spec',
      kind,
      limit: pageSize,
      ...(beforeId !== undefined && { beforeId }),
    })
    yield* page
    beforeId = page.at(-1)?.id
    if (page.length < pageSize) return
  }
}

/**
 * Tags of a repository as its deployments: the commits that each has more than the one before, and the hours since the first of
 * them. Whether one failed no tag tells.
 */
export async function taggedDeployments(
  repository: string,
  folder: string,
  signal: AbortSignal,
): Promise<Deployment[]> {
  const format = '%(refname:short)%09%(creatordate:unix)'
  const lines = await git(
    folder,
    ['for-each-ref', 'refs/tags', '--sort=creatordate', `--format=${format}`],
    signal,
  )
  const tags = lines
    .split('\n')
    .map((line) => line.split('\t'))
    .flatMap(([name, seconds]) => (name && seconds ? [{ name, atMs: Number(seconds) * 1000 }] : []))
  const deployments: Deployment[] = []
  for (const [at, { name, atMs }] of tags.entries()) {
    const previous = tags[at - 1]
    const range = previous ? [`refs/tags/${previous.name}..refs/tags/${name}`] : [`refs/tags/${name}`]
    const times = (await git(folder, ['log', '--format=%ct', ...range, '--'], signal))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => Number(line) * 1000)
    const first = times.length > 0 ? Math.min(...times) : null
    deployments.push({
      repository,
      atMs,
      hasFailed: null,
      isRework: null,
      batchCommits: times.length,
      // The first tag has the whole history before it: no lead time.
      leadHours: first === null || !previous ? null : Math.max(0, atMs - first) / 3_600_000,
      recoveryHours: null,
    })
  }
  return deployments
}
