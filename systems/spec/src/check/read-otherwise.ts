import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReportProgress } from '@heavylift/core'
import { compareSets, otherCode } from '../drift/compare-code.ts'
import type { Drift } from '../drift/compare-facts.ts'
import { extractFacts } from '../extract/extract-facts.ts'
import type { FactSet } from '../facts/fact-set.ts'
import { git } from '../plan/git.ts'
import { agreedCommit } from './agreed-commit.ts'

/**
 * Of drifts, those that come of reading and not of code: the commit that wrote the file of facts, read as code is read now, says of their
 * requirement what the code of now says. Null where that cannot be told: no history, or a file of facts that is not committed.
 */
export async function readOtherwise(
  root: string,
  { drifts, now }: { drifts: readonly Drift[]; now: FactSet },
  report: ReportProgress,
  signal: AbortSignal,
): Promise<{ commit: string; drifts: Drift[] } | null> {
  if (drifts.length === 0) return null
  const ask = async (...args: string[]) => (await git(root, args, signal)).trim()
  const agreed = await agreedCommit(root, signal)
  if (agreed === null) return null
  const { commit, prefix } = agreed
  const folder = await mkdtemp(join(tmpdir(), 'spec-agreed-'))
  const tree = join(folder, 'tree')
  try {
    await ask('worktree', 'add', '--quiet', '--detach', tree, commit)
    const { set: then } = await extractFacts(join(tree, prefix), report, signal)
    const changed = compareSets(then, now).drifts
    const since = new Set(changed.map(subject))
    const doOther = otherCode(then, now)
    const operations = new Set(changed.map(({ requirement }) => requirement))
    // What agreed facts, which have no places, tell of code besides a sentence, the sentence tells of alone where places are known.
    const isSince = (drift: Drift) =>
      since.has(subject(drift)) ||
      (drift.kind === 'unproved' && operations.has(drift.requirement)) ||
      // Both versions of the code were compared.
      (drift.factKind === 'code' && (drift.kind === 'changed' || doOther.has(drift.factId)))
    return { commit, drifts: drifts.filter((drift) => !isSince(drift)) }
  } finally {
    await git(root, ['worktree', 'remove', '--force', tree]).catch(() => undefined)
    await rm(folder, { recursive: true, force: true })
  }
}

const subject = ({ requirement, factKind }: Drift) => `${factKind} ${requirement}`
