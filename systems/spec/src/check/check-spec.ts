import { mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { InvalidInputError } from '@heavylift/core'
import type { ReportProgress } from '@heavylift/core'
import { replaceFile } from '@heavylift/core/runtime/replace-file'
import { compareSets } from '../drift/compare-code.ts'
import type { CodeChange } from '../drift/code-change.ts'
import type { Drift } from '../drift/compare-facts.ts'
import { saysKey } from '../drift/says.ts'
import { extractFacts } from '../extract/extract-facts.ts'
import { acceptedPath, factsPath, findAnchors, parseAgreed, serializeAgreed } from '../facts/agreed-facts.ts'
import type { FactSet } from '../facts/fact-set.ts'
import { operationTitle } from '../requirements/say-fact.ts'
import { codeSince } from './code-since.ts'
import { compareWithSpec } from './compare-with-spec.ts'

export interface CheckResult {
  drifts: Drift[]
  /** What was agreed otherwise, and code and spec both say by now. */
  settled: Drift[]
  /** What of the code does something else, and no operation that is known comes to it. */
  elsewhere: readonly CodeChange[]
  /** Evidence that went elsewhere. */
  moved: number
  /** Whether the file was written anew: all that is agreed is in it as before, with the places and names of now. */
  isRewritten: boolean
  requirements: string[]
  now: FactSet
}

/**
 * The code of a repository against the facts that its spec was agreed on. Where evidence moved and nothing else changed, the file of
 * facts is brought up to date, unless `keep` says that no file is to be written.
 * @throws InvalidInputError `facts-missing` where nothing was agreed yet
 */
export async function checkSpec(
  root: string,
  report: ReportProgress,
  signal: AbortSignal,
  { keep = false, readings = null }: { keep?: boolean; readings?: string | null } = {},
): Promise<CheckResult> {
  const text = await readFile(join(root, factsPath), 'utf8').catch(() => null)
  if (text === null)
    throw new InvalidInputError({
      code: 'facts-missing',
      message: `There is no ${factsPath}: nothing was agreed yet. Write it with \`heavylift spec check --accept --by NAME\`, and commit it.`,
    })
  const agreed = parseAgreed(text)
  const { set: now } = await extractFacts(root, report, signal, { readings })
  const { drifts, settled, moved, elsewhere } = await compareWithSpec(
    root,
    anchored(agreed, now),
    now,
    signal,
  )
  const isElsewhere =
    moved.length > 0 ||
    (agreed.code !== undefined && !isDeepStrictEqual(agreed.code.places, now.code?.places))
  const isRewritten = drifts.length + settled.length === 0 && isElsewhere && !keep && saysAlike(agreed, now)
  if (isRewritten) await writeAgreedFacts(root, now)
  const requirements = agreed.facts.flatMap((fact) =>
    fact.kind === 'operation' ? [operationTitle(fact)] : [],
  )
  return { drifts, settled, elsewhere, moved: moved.length, isRewritten, requirements, now }
}

/**
 * Whether all facts of both say the same, and the code behind their operations does the same with the same words, as far as marks of one version tell. What does
 * not is agreed on by people alone.
 */
function saysAlike(agreed: FactSet, now: FactSet): boolean {
  const said = ({ facts }: FactSet) => facts.map(saysKey).toSorted()
  return (
    isDeepStrictEqual(said(agreed), said(now)) &&
    (agreed.code?.version !== now.code?.version ||
      isDeepStrictEqual(agreed.code?.operations, now.code?.operations))
  )
}

export interface Acceptance {
  by: string
  /** Of the repository when it was accepted; empty where there is none. */
  commit: string
  at: string
}

/** Takes what the code does now for agreed, and writes down who said so, of which commit and of what. */
export async function acceptFacts(
  root: string,
  { by, commit, at }: Acceptance,
  now: FactSet,
  signal: AbortSignal,
): Promise<Drift[]> {
  const text = await readFile(join(root, factsPath), 'utf8').catch(() => null)
  const agreed = text === null ? null : anchored(parseAgreed(text), now)
  const drifts =
    agreed === null ? [] : compareSets(agreed, now, await codeSince(root, agreed, now, signal)).drifts
  await writeAgreedFacts(root, now)
  const file = join(root, acceptedPath)
  const before = await readFile(file, 'utf8').catch(() => '')
  const line = JSON.stringify({
    by,
    commit,
    at,
    drifts: drifts.map(({ kind, requirement, before: was, after: is }) => ({ kind, requirement, was, is })),
  })
  await replaceFile(file, `${before}${line}\n`)
  return drifts
}

const anchored = (agreed: FactSet, now: FactSet): FactSet => ({
  ...agreed,
  facts: findAnchors(agreed.facts, now.facts),
})

/** Writes what is agreed from now on. */
export async function writeAgreedFacts(root: string, set: FactSet): Promise<void> {
  await mkdir(dirname(join(root, factsPath)), { recursive: true })
  await replaceFile(join(root, factsPath), serializeAgreed(set))
}

/** Takes what the code does for agreed where nothing was agreed yet and something was understood. What was agreed is only changed by accepting. */
export async function agreeFirst(root: string, set: FactSet): Promise<'written' | 'kept' | 'nothing'> {
  const isThere = await stat(join(root, factsPath)).then(
    () => true,
    () => false,
  )
  if (isThere) return 'kept'
  if (set.facts.length === 0) return 'nothing'
  await writeAgreedFacts(root, set)
  return 'written'
}
