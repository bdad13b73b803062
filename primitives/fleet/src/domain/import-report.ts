/** What was done about rows that are not as they should be. Every rule has one fate. */
export const importRules = {
  'not-a-row': { fate: 'refused', says: 'is no row of this format' },
  'no-submit-time': { fate: 'refused', says: 'has no submit time' },
  'no-run-time': { fate: 'refused', says: 'has no run time: it never ran, or has not ended' },
  'no-processors': {
    fate: 'refused',
    says: 'says neither how many processors it had nor how many it asked for',
  },
  'too-large': { fate: 'refused', says: 'needs more processors than the cluster has' },
  'duplicate-id': { fate: 'refused', says: 'has the id of an earlier job; the first stands' },
  'out-of-order': {
    fate: 'kept',
    says: 'was submitted before the row above it; jobs are sorted by submit time',
  },
  'over-limit': {
    fate: 'kept',
    says: 'ran longer than it asked for; a simulation ends it at its limit if so told',
  },
  'zero-run-time': { fate: 'kept', says: 'ran 0 s; it starts and ends in the same second' },
  'no-limit': { fate: 'kept', says: 'has no requested time; its run time stands for it' },
  'missing-hour': {
    fate: 'kept',
    says: 'has a local time that the clock skipped; it counts from the hour before',
  },
  'repeated-hour': {
    fate: 'kept',
    says: 'has a local time that was twice; the elapsed time says which, else the first',
  },
  'nodes-only': {
    fate: 'kept',
    says: 'says how many nodes it had and no processors; a node counts as one processor',
  },
  'extra-fields': { fate: 'kept', says: 'has more fields than the format; they are left out' },
} as const

export type ImportRule = keyof typeof importRules

export interface ImportIssue {
  rule: ImportRule
  count: number
  /** The first lines where it was so, counted from 1. */
  lines: number[]
}

const linesKept = 20

/** Counts what a reader found. Holds a few line numbers a rule, however long the file. */
export class ImportReport {
  rows = 0
  accepted = 0
  readonly #issues = new Map<ImportRule, ImportIssue>()

  note(rule: ImportRule, line: number): void {
    let issue = this.#issues.get(rule)
    if (issue === undefined) this.#issues.set(rule, (issue = { rule, count: 0, lines: [] }))
    issue.count++
    if (issue.lines.length < linesKept) issue.lines.push(line)
  }

  get refused(): number {
    return this.rows - this.accepted
  }

  /** The most frequent first. */
  issues(): ImportIssue[] {
    return [...this.#issues.values()].sort((a, b) => b.count - a.count || a.rule.localeCompare(b.rule))
  }

  count(rule: ImportRule): number {
    return this.#issues.get(rule)?.count ?? 0
  }
}

/** Which ids were seen, in a bit each where they are dense: ten million jobs take a few megabytes. */
export class SeenIds {
  readonly #pages = new Map<number, Uint32Array>()

  /** True when the id is new. */
  add(id: number): boolean {
    const page = Math.floor(id / 4096)
    let bits = this.#pages.get(page)
    if (bits === undefined) this.#pages.set(page, (bits = new Uint32Array(128)))
    const at = id - page * 4096
    const mask = 1 << (at & 31)
    if ((bits[at >> 5]! & mask) !== 0) return false
    bits[at >> 5]! |= mask
    return true
  }
}
