interface Group {
  kind: 'user' | 'size' | 'queue'
  name: string
  jobs: number
  meanBoundedSlowdown: number
}

export interface Change {
  who: string
  jobs: number
  before: number
  after: number
  changePct: number
}

const words = { user: 'user', size: 'processors', queue: 'queue' } as const

/** Every group of at least ten jobs, whoever loses most first. */
export function changesOf(left: readonly Group[], right: readonly Group[]): Change[] {
  const after = new Map(right.map((group) => [`${group.kind} ${group.name}`, group.meanBoundedSlowdown]))
  return left
    .filter(({ jobs }) => jobs >= 10)
    .map(({ kind, name, jobs, meanBoundedSlowdown: before }) => {
      const then = after.get(`${kind} ${name}`) ?? before
      return {
        who: `${words[kind]} ${name}`,
        jobs,
        before,
        after: then,
        changePct: 100 * (then / before - 1),
      }
    })
    .sort((a, b) => b.changePct - a.changePct)
}
