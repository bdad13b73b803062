import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { replaceFile } from '@heavylift/core/runtime/replace-file'
import { writeAgreedFacts } from '../check/check-spec.ts'
import { compareSets } from '../drift/compare-code.ts'
import { titleOf, titlesOf } from '../drift/compare-facts.ts'
import type { Fact } from '../facts/fact.ts'
import { factsPath, parseAgreed } from '../facts/agreed-facts.ts'
import type { FactSet } from '../facts/fact-set.ts'
import { readDocument } from '../formats/find-documents.ts'
import { noTraces, parseTraces, serializeTraces, traceKey, tracesPath } from '../formats/traces.ts'
import { hashOf } from '../update/update-spec.ts'
import { writeSpecs } from '../write/write-specs.ts'
import type { SpecEdit } from './spec-edits.ts'

/**
 * Brings spec, traces and agreed facts of a worktree to what was built, so that its commit holds code and spec as one: the
 * edited files as people left them, the scenarios of requirements that nobody else touched, and the facts. Where other requirements had
 * drifted before, that stays as it was for somebody to decide. Doing it again changes nothing.
 */
export async function agreeOn(
  worktree: string,
  edits: readonly SpecEdit[],
  before: FactSet,
  built: FactSet,
  subjects: ReadonlySet<string>,
): Promise<void> {
  const [first] = edits
  if (!first) return
  const isThere = async ({ path }: SpecEdit) =>
    (await readFile(join(worktree, path), 'utf8').catch(() => null)) !== null
  if (!(await Promise.all(edits.map(isThere))).every(Boolean))
    await writeSpecs(worktree, before, first.format)
  const traces = await readFile(join(worktree, tracesPath), 'utf8').then(parseTraces, () => noTraces)
  const requirements = { ...traces.requirements }
  for (const edit of edits) {
    await mkdir(dirname(join(worktree, edit.path)), { recursive: true })
    await replaceFile(join(worktree, edit.path), edit.after)
    for (const [key, block] of ownBlocks(edit)) {
      const trace = requirements[traceKey(edit.path, key)]
      if (trace?.block === block.before)
        requirements[traceKey(edit.path, key)] = { ...trace, block: block.after }
    }
  }
  await mkdir(dirname(join(worktree, tracesPath)), { recursive: true })
  await replaceFile(join(worktree, tracesPath), serializeTraces({ requirements }))
  const now = await withoutOtherDrift(worktree, built, subjects)
  await writeSpecs(worktree, now, first.format)
  await writeAgreedFacts(worktree, now)
}

/** The facts of now, but for requirements that were not built and part from what was agreed: these stay as agreed. */
async function withoutOtherDrift(
  worktree: string,
  now: FactSet,
  subjects: ReadonlySet<string>,
): Promise<FactSet> {
  const text = await readFile(join(worktree, factsPath), 'utf8').catch(() => null)
  if (text === null) return now
  const then = parseAgreed(text)
  const agreed = then.facts
  const { drifts } = compareSets(then, now)
  const kept = new Set(drifts.flatMap(({ requirement }) => (subjects.has(requirement) ? [] : [requirement])))
  const titles = titlesOf([...agreed, ...now.facts])
  const isKept = (fact: Fact) => kept.has(titleOf(fact, titles))
  return {
    ...now,
    facts: [...now.facts.filter((fact) => !isKept(fact)), ...agreed.filter(isKept)],
    ...(now.code && {
      code: { ...now.code, operations: { ...now.code.operations, ...marksOf(then, isKept) } },
    }),
  }
}

/** Marks of the code behind operations of these facts. */
function marksOf({ facts, code }: FactSet, isOf: (fact: Fact) => boolean): Record<string, string> {
  const ids = new Set(facts.filter(isOf).map(({ id }) => id))
  return Object.fromEntries(Object.entries(code?.operations ?? {}).filter(([id]) => ids.has(id)))
}

/** Hashes of each block before and after, by key: one that nobody had touched is still ours after a sentence was edited here. */
function ownBlocks({ format, before, after }: SpecEdit) {
  const read = (text: string) => {
    const document = readDocument(text, { format, kind: 'spec' })
    return new Map(
      document.requirements.map((one) => [one.key, hashOf(text.slice(one.span.start, one.span.end))]),
    )
  }
  const now = read(after)
  return [...read(before)].flatMap(([key, hash]) => {
    const other = now.get(key)
    return other === undefined ? [] : [[key, { before: hash, after: other }] as const]
  })
}
