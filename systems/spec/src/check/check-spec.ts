import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { ReportProgress } from '@heavylift/core'
import { replaceFile } from '@heavylift/core/runtime/replace-file'
import { compareFacts } from '../drift/compare-facts.ts'
import type { Drift } from '../drift/compare-facts.ts'
import { extractFacts } from '../extract/extract-facts.ts'
import { parseFactSet, serializeFactSet } from '../facts/fact-set.ts'
import type { FactSet } from '../facts/fact-set.ts'
import { operationTitle } from '../requirements/say-fact.ts'

/** What the code did when the spec was agreed, from the repository's root. */
export const factsPath = '.heavylift/facts.json'
/** Who accepted which drift, one line each. */
export const acceptedPath = '.heavylift/accepted.jsonl'

export interface CheckResult {
  drifts: Drift[]
  /** Evidence that went elsewhere, repaired in the file. */
  moved: number
  requirements: string[]
  now: FactSet
}

/**
 * The code of a repository against the facts that its spec was agreed on. Where evidence only moved, the file of facts is
 * brought up to date without a word.
 * @throws InvalidInputError `facts-missing` where nothing was agreed yet
 */
export async function checkSpec(
  root: string,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<CheckResult> {
  const text = await readFile(join(root, factsPath), 'utf8').catch(() => null)
  if (text === null)
    throw new InvalidInputError({
      code: 'facts-missing',
      message: `There is no ${factsPath}: nothing was agreed yet. Write it with \`heavylift spec check --accept --by NAME\`, and commit it.`,
    })
  const agreed = parseFactSet(text)
  const { set: now } = await extractFacts(root, report, signal)
  const { drifts, moved } = compareFacts(agreed.facts, now.facts)
  if (drifts.length === 0 && moved.length > 0) await writeFacts(root, now)
  const requirements = agreed.facts.flatMap((fact) =>
    fact.kind === 'operation' ? [operationTitle(fact)] : [],
  )
  return { drifts, moved: moved.length, requirements, now }
}

/** Takes what the code does now for agreed, and writes down who said so, of which commit and of what. */
export async function acceptDrift(
  root: string,
  { by, commit, at }: { by: string; commit: string; at: string },
  report: ReportProgress,
  signal: AbortSignal,
): Promise<Drift[]> {
  const text = await readFile(join(root, factsPath), 'utf8').catch(() => null)
  const { set: now } = await extractFacts(root, report, signal)
  const drifts = text === null ? [] : compareFacts(parseFactSet(text).facts, now.facts).drifts
  await writeFacts(root, now)
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

async function writeFacts(root: string, set: FactSet) {
  await mkdir(dirname(join(root, factsPath)), { recursive: true })
  await replaceFile(join(root, factsPath), serializeFactSet(set))
}
