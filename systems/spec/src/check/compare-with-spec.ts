import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeSince } from './code-since.ts'
import { compareSets } from '../drift/compare-code.ts'
import type { CodeChange } from '../drift/code-change.ts'
import type { Marked } from '../drift/same-code.ts'
import { titleOf, titlesOf } from '../drift/compare-facts.ts'
import type { Comparison, Drift } from '../drift/compare-facts.ts'
import type { Fact } from '../facts/fact.ts'
import type { SpecDocument } from '../formats/document.ts'
import { findDocuments, readDocument } from '../formats/find-documents.ts'
import { decodeSource } from '../formats/source-text.ts'
import { noTraces, parseTraces, tracesPath } from '../formats/traces.ts'
import { nameOf, sentencesOf } from '../plan/change.ts'
import { commonIn, withoutCommon } from '../requirements/common.ts'
import { sayFact } from '../requirements/say-fact.ts'

export interface SpecComparison extends Comparison {
  /** What was agreed otherwise, and code and spec both say by now: `--accept` writes it down. */
  settled: Drift[]
  /** What of the code does something else, and no operation that is known comes to it. */
  elsewhere: readonly CodeChange[]
}

/** What the code does now against what was agreed, but for what the spec of the repository says by now as the code does it. */
export async function compareWithSpec(
  root: string,
  agreed: Marked,
  now: Marked,
  signal: AbortSignal,
): Promise<SpecComparison> {
  const changes = await codeSince(root, agreed, now, signal)
  return {
    ...(await withoutSaid(root, compareSets(agreed, now, changes), now.facts, signal)),
    elsewhere: changes.elsewhere,
  }
}

/** A comparison without what the spec of the repository says by now as the code does it. */
export async function withoutSaid(
  root: string,
  comparison: Comparison,
  now: readonly Fact[],
  signal?: AbortSignal,
): Promise<Omit<SpecComparison, 'elsewhere'>> {
  if (comparison.drifts.length === 0) return { ...comparison, settled: [] }
  const found = (await findDocuments(root, signal)).filter(({ kind }) => kind === 'spec')
  const documents = await Promise.all(
    found.map(async (one) => readDocument(decodeSource(await readFile(join(root, one.path))).text, one)),
  )
  const traces = await readFile(join(root, tracesPath), 'utf8').then(parseTraces, () => noTraces)
  const known = new Set(Object.keys(traces.requirements).map((key) => key.slice(key.indexOf('#') + 1)))
  const settled = new Set(agreedSince(comparison.drifts, now, documents, known))
  const common = commonIn(documents).flat()
  const saidBy = ({ requirement, before }: Drift) =>
    before === null ? undefined : common.find((one) => one.says(before, requirement))
  return {
    ...comparison,
    drifts: comparison.drifts
      .filter((one) => !settled.has(one))
      .map((one) => ({ ...one, common: saidBy(one)?.name ?? '' })),
    settled: [...settled],
  }
}

/**
 * Drifts that only the agreed facts know: the spec says what the code does now. `known` has names of requirements that were written:
 * what is gone of these was taken out of the spec too.
 */
export function agreedSince(
  drifts: readonly Drift[],
  now: readonly Fact[],
  documents: readonly SpecDocument[],
  known: ReadonlySet<string>,
): Drift[] {
  const requirements = withoutCommon(documents).flatMap((one) => one.requirements)
  const names = new Set(requirements.map(nameOf))
  const said = new Set(requirements.flatMap(sentencesOf))
  const titles = titlesOf(now)
  const isSaid = (fact: Fact) =>
    fact.kind === 'assertion' || fact.grade === 'open' || said.has(sayFact(fact, titleOf(fact, titles)))
  const isWhole = (title: string) => now.every((fact) => titleOf(fact, titles) !== title || isSaid(fact))
  return drifts.filter(({ before, after, requirement, factKind }) => {
    if (before !== null && said.has(before)) return false
    if (after === null) return names.has(requirement) ? factKind !== 'operation' : known.has(requirement)
    // Of an operation that is new its parts are no drifts of their own.
    return said.has(after) && (before !== null || factKind !== 'operation' || isWhole(requirement))
  })
}
