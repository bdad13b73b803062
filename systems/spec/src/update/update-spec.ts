import { createHash } from 'node:crypto'
import { saysHash } from '../drift/says.ts'
import type { Fact } from '../facts/fact.ts'
import type { Requirement, SpecDocument, SpecFormat } from '../formats/document.ts'
import { editDocument } from '../formats/edit.ts'
import type { Edit } from '../formats/edit.ts'
import { applySplices, lineEnding } from '../formats/source-text.ts'
import type { Splice } from '../formats/source-text.ts'
import { sentenceHash } from '../formats/traces.ts'
import type { Trace } from '../formats/traces.ts'
import { sentencesOf } from '../plan/change.ts'
import { writeRequirement } from '../formats/write.ts'
import { followStories, gathered, numberOf } from './spec-kit-blocks.ts'
import { scenarioOf, stepsOf } from '../requirements/scenario.ts'
import type { TracedRequirement } from '../requirements/write-requirements.ts'

/** What people wrote and what the code says now, side by side: a person decides. */
export interface UpdateConflict {
  requirement: string
  theirs: string
  ours: string
}

export interface UpdateResult {
  text: string
  /** Traces of the document's requirements, by key. */
  traces: Map<string, Trace>
  amended: string[]
  added: string[]
  removed: string[]
  conflicts: UpdateConflict[]
}

/**
 * A document amended to what the code does now. Requirements whose facts say what they said stay byte for byte, words of people
 * and order too, but for sentences of ours that we word otherwise by now; one that nobody touched is written anew where its facts changed; in one that people touched only our own
 * sentences are replaced, and where a sentence of ours was reworded, both stand in `conflicts` and the text stays.
 * What people took out does not come back. What is common to several operations is known by its facts, whatever it is called; facts of
 * `elsewhere` are told by other documents.
 */
export function updateSpec(
  read: SpecDocument,
  traces: ReadonlyMap<string, Trace>,
  wanted: readonly TracedRequirement[],
  facts: ReadonlyMap<string, Fact>,
  elsewhere: ReadonlySet<string> = new Set(),
): UpdateResult {
  const titles = read.format === 'spec-kit' ? titlesByFacts(traces, wanted) : new Map<string, string>()
  const document = gathered(read, titles)
  const result: UpdateResult = {
    text: document.text,
    traces: new Map(),
    amended: [],
    added: [],
    removed: [],
    conflicts: [],
  }
  const splices: Splice[] = []
  const blocks: Edit[] = []
  const here = new Map(document.requirements.map((one) => [titleOf(one), one]))
  const known = new Map(
    [...traces].map(([key, trace]) => [titles.get(key) ?? titleOfKey(key, document), { key, trace }]),
  )
  const requirements = asCalledBefore(wanted, known, facts, new Set(here.keys()))
  const told = new Set([...elsewhere, ...requirements.flatMap((one) => one.facts.flat())])
  const front: Splice[] = []
  let number = Math.max(
    document.requirements.length,
    ...[...document.requirements.map(({ key }) => key), ...traces.keys()].map(numberOf),
  )
  for (const next of requirements) {
    const current = here.get(next.title)
    const { key, trace } = known.get(next.title) ?? {}
    const fresh = traceOf(next, facts)
    if (!current) {
      if (key !== undefined && trace) {
        result.traces.set(key, trace)
        continue
      }
      number++
      const block = writeRequirement(next, document.format, number)
      const [first] = document.requirements
      // What is common is read first, where no number tells the place.
      if (isCommon(next) && document.format === 'openspec' && first)
        front.push({ start: first.span.start, end: first.span.start, text: `${block}\n\n` })
      else blocks.push({ edit: 'add-requirement', block })
      result.traces.set(keyOf(next, document.format, number), { ...fresh, block: hashOf(block) })
      result.added.push(next.title)
      continue
    }
    const isOld = trace !== undefined && isSame(trace.facts, fresh.facts)
    const own = document.text.slice(current.span.start, current.span.end)
    const isOurs = hashOf(own) === trace?.block
    // What strict rules refuse is written anew where it is ours.
    const isRefused = isOurs && document.format === 'openspec' && current.scenarios.length === 0
    if (!trace || (isOld && isSame(trace.written, fresh.written) && !isRefused)) {
      result.traces.set(current.key, trace ?? { ...fresh, block: '' })
      continue
    }
    if (isOurs) {
      const called = { ...next, title: next.nowCalled ?? next.title }
      const place = Number(current.key) || numberOf(current.key)
      const block = writeRequirement(called, document.format, place)
      const blank = own.length - own.trimEnd().length
      splices.push({ start: current.span.start, end: current.span.end - blank, text: block })
      const key = document.format === 'openspec' ? keyOf(called, document.format, place) : current.key
      result.traces.set(key, { ...fresh, block: hashOf(block), ...accepted(trace) })
      result.amended.push(called.title)
      continue
    }
    const { replaced, conflicts } = replaceSentences(own, current, trace.written, sentences(next), told)
    splices.push(...replaced)
    if (isOld) {
      // The code does what it did: whoever worded it otherwise is asked nothing.
      const there = new Set(sentencesOf(current).map(sentenceHash))
      const written = Object.entries(trace.written).map(([id, hash]) => [
        id,
        (there.has(hash) ? fresh.written[id] : undefined) ?? hash,
      ])
      result.traces.set(current.key, { ...trace, written: Object.fromEntries(written), block: '' })
      if (replaced.length > 0) result.amended.push(next.title)
      continue
    }
    result.conflicts.push(...conflicts.map((one) => ({ requirement: next.title, ...one })))
    if (replaced.length > 0) result.amended.push(next.title)
    result.traces.set(current.key, {
      ...(conflicts.length > 0 ? trace : fresh),
      block: '',
      ...accepted(trace),
    })
  }
  removeGone(document, traces, requirements, splices, result, told)
  const [begin] = front
  if (begin) splices.push({ ...begin, text: front.map(({ text }) => text).join('') })
  const ending = lineEnding(document.text)
  const local = splices.map((splice) => ({ ...splice, text: splice.text.replaceAll(/\r?\n/g, ending) }))
  result.text = applySplices(document.text, local)
  if (blocks.length > 0) {
    // New ones stand behind the last, in their order.
    const all = blocks.map((edit) => (edit.edit === 'add-requirement' ? edit.block : '')).join('\n\n')
    const last = document.requirements.at(-1)
    const shift = result.text.length - document.text.length
    const end = (last?.span.end ?? document.text.length) + shift
    const behind = {
      ...document,
      text: result.text,
      requirements: last ? [{ ...last, span: { start: end, end } }] : [],
    }
    result.text = editDocument(behind, [{ edit: 'add-requirement', block: all }])
  }
  result.text = followStories(read, result.text, titles, titlesByFacts(result.traces, wanted))
  return result
}

/** What the requirements of spec-kit are about, by key: their first fact tells. */
function titlesByFacts(traces: ReadonlyMap<string, Trace>, wanted: readonly TracedRequirement[]) {
  const titles = new Map(
    wanted.flatMap(({ title, facts }) =>
      facts
        .slice(0, 1)
        .flat()
        .map((id) => [id, title] as const),
    ),
  )
  return new Map(
    [...traces].flatMap(([key, { facts }]) => {
      const title = Object.keys(facts).flatMap((id) => titles.get(id) ?? [])[0]
      return title === undefined ? [] : [[key, title] as const]
    }),
  )
}

function removeGone(
  document: SpecDocument,
  traces: ReadonlyMap<string, Trace>,
  requirements: readonly TracedRequirement[],
  splices: Splice[],
  result: UpdateResult,
  told: ReadonlySet<string>,
) {
  const still = new Set(requirements.map(({ title }) => title))
  for (const current of document.requirements) {
    const trace = traces.get(current.key)
    if (!trace || still.has(titleOf(current))) continue
    const own = document.text.slice(current.span.start, current.span.end)
    if (hashOf(own) === trace.block) {
      splices.push({ ...current.span, text: '' })
      result.removed.push(titleOf(current))
    } else {
      result.traces.set(current.key, trace)
      result.conflicts.push({
        requirement: titleOf(current),
        theirs: own.trim(),
        ours: Object.keys(trace.facts).some((id) => told.has(id))
          ? 'Its operations say this otherwise by now.'
          : 'The code does not do this any more.',
      })
    }
  }
}

/** Our sentences within a block that people touched; one that is not there in our words is theirs. `old` has the hash of each, `now` the words. */
function replaceSentences(
  block: string,
  requirement: Requirement,
  old: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
  told: ReadonlySet<string>,
) {
  // A sentence of several facts is replaced once.
  const replaced = new Map<number, Splice>()
  const conflicts = new Map<string, { theirs: string; ours: string }>()
  const conflict = (theirs: string, ours: string) => void conflicts.set(ours, { theirs, ours })
  const added = Object.entries(now).filter(([id]) => !(id in old))
  const there = new Map(sentencesOf(requirement).map((sentence) => [sentenceHash(sentence), sentence]))
  const still = new Set(Object.values(now).map(sentenceHash))
  for (const [id, hash] of Object.entries(old)) {
    const isMoved = now[id] === undefined && told.has(id)
    // A fact of the same kind that is new is what the old one became, its id being of what it says.
    const kind = id.replace(/-[^-]*$/, '')
    const at =
      now[id] === undefined && !isMoved
        ? added.findIndex(([other]) => other.replace(/-[^-]*$/, '') === kind)
        : -1
    const next = now[id] ?? (at === -1 ? '' : (added.splice(at, 1)[0]?.[1] ?? ''))
    // Of several operations that say it some may say it no more: the scope tells which.
    if (next === '' ? still.has(hash) : sentenceHash(next) === hash || there.has(sentenceHash(next))) continue
    const sentence = there.get(hash)
    const from = sentence === undefined ? -1 : block.indexOf(sentence)
    const start = requirement.span.start + from
    if (sentence !== undefined && from !== -1 && next !== '')
      replaced.set(start, { start, end: start + sentence.length, text: next })
    else if (!isMoved)
      conflict(
        block.trim(),
        next === '' ? `No more: ${sentence ?? `a ${kind} that was reworded here`}` : next,
      )
    else if (sentence !== undefined && from !== -1) {
      const line = lineOf(block, from, sentence.length)
      const by = requirement.span.start
      replaced.set(start, { start: by + line.start, end: by + line.end, text: '' })
      const steps = stepsOf(scenarioOf(sentence, requirement.title) ?? noScenario)
      for (const { span } of requirement.scenarios.filter((one) => stepsOf(one) === steps))
        replaced.set(span.start, { ...span, text: '' })
    }
  }
  // Where people wrote what the code has come to say, both agree.
  for (const [, sentence] of added) if (!there.has(sentenceHash(sentence))) conflict('', sentence)
  return { replaced: [...replaced.values()], conflicts: [...conflicts.values()] }
}

const noScenario = { name: '', given: [], when: '', expected: [] }

/** The line that a sentence has for itself, with its mark and a blank line behind it; the sentence alone where there is more. */
function lineOf(block: string, from: number, length: number) {
  const start = block.lastIndexOf('\n', from) + 1
  const behind = /^[ \t]*(?:\r?\n){0,2}/.exec(block.slice(from + length))?.[0] ?? ''
  const isAlone =
    /^\s*(?:\d+[.)]\s*|[-*]\s*(?:\*\*[A-Z]+-\S+\*\*:\s*)?)?$/.test(block.slice(start, from)) &&
    behind.includes('\n')
  return isAlone ? { start, end: from + length + behind.length } : { start: from, end: from + length }
}

/** The scope of a common requirement, among the facts of its trace. */
const scopeId = 'scope'

/** What is common to several operations has a scope, which no fact says. */
const isCommon = ({ facts }: TracedRequirement) => facts[0]?.length === 0

/** Facts that people keep where they stand: they worded these otherwise there, or took them out. */
export function heldFacts(document: SpecDocument, traces: ReadonlyMap<string, Trace>): string[] {
  const { requirements } = gathered(document, new Map())
  const here = new Map(requirements.map((one) => [one.key, one]))
  return [...traces].flatMap(([key, { written, facts }]) => {
    if (scopeId in facts) return []
    const current = here.get(key)
    const there = new Set(current && sentencesOf(current).map(sentenceHash))
    return Object.entries(written).flatMap(([id, hash]) => (there.has(hash) ? [] : [id]))
  })
}

/**
 * Requirements with common ones called as they were: by the facts that they had, or by their scope. New ones have names that are free, and
 * one that nobody touched gets the name that it has now (`nowCalled`).
 */
function asCalledBefore(
  wanted: readonly TracedRequirement[],
  known: ReadonlyMap<string, { trace: Trace }>,
  facts: ReadonlyMap<string, Fact>,
  titles: ReadonlySet<string>,
): (TracedRequirement & { nowCalled?: string })[] {
  const taken = new Map<TracedRequirement, string>()
  const left = new Map([...known].filter(([, { trace }]) => scopeId in trace.facts))
  for (const next of wanted.filter(isCommon)) {
    const own = traceOf(next, facts).facts
    const alike = ({ trace }: { trace: Trace }) =>
      Object.keys(trace.facts).filter((id) => (id === scopeId ? own[id] === trace.facts[id] : id in own))
        .length
    const [best] = [...left].toSorted(([, a], [, b]) => alike(b) - alike(a))
    if (best && alike(best[1]) > 0 && left.delete(best[0])) taken.set(next, best[0])
  }
  const names = new Set([...titles, ...known.keys()])
  return wanted.map((next) => {
    if (!isCommon(next)) return next
    const before = taken.get(next)
    const bare = next.title.replace(/ \(\d+\)$/, '')
    if (before?.replace(/ \(\d+\)$/, '') === bare) return { ...next, title: before }
    let title = bare
    for (let time = 2; names.has(title); time++) title = `${bare} (${time})`
    names.add(title)
    return before === undefined ? { ...next, title } : { ...next, title: before, nowCalled: title }
  })
}

/** The sentence of each fact of a requirement, by id. */
function sentences(requirement: TracedRequirement): Record<string, string> {
  const all = [requirement.statement, ...requirement.criteria]
  return Object.fromEntries([
    ...(isCommon(requirement) ? [[scopeId, requirement.statement] as const] : []),
    ...requirement.facts.flatMap((ids, at) => ids.map((id) => [id, all[at] ?? ''] as const)),
  ])
}

/** The trace of a requirement as it is written now; `block` is for the caller, who knows how it was written. */
export function traceOf(
  requirement: TracedRequirement,
  facts: ReadonlyMap<string, Fact>,
): Omit<Trace, 'block'> {
  const scope = isCommon(requirement) ? [[scopeId, sentenceHash(requirement.statement)] as const] : []
  const pairs = requirement.facts.flat().flatMap((id) => {
    const fact = facts.get(id)
    return fact ? [[id, saysHash(fact)] as const] : []
  })
  return {
    facts: Object.fromEntries([...scope, ...pairs]),
    tests: requirement.tests,
    written: Object.fromEntries(
      Object.entries(sentences(requirement)).map(([id, one]) => [id, sentenceHash(one)]),
    ),
  }
}

export function hashOf(block: string): string {
  const text = block.replaceAll('\r\n', '\n').trim()
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

const isSame = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>) =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([id, hash]) => b[id] === hash)

const accepted = ({ accepted: by }: Trace) => (by ? { accepted: by } : {})

/** What a requirement is called whatever its number; spec-kit's marked ones have no title but their key. */
const titleOf = ({ title, key }: Requirement) => title.trim() || key

function titleOfKey(key: string, document: SpecDocument): string {
  const found = document.requirements.find((one) => one.key === key)
  return found ? titleOf(found) : key
}

/** The key that the reader of the format will give to a requirement. */
export function keyOf(requirement: TracedRequirement, format: SpecFormat, number: number): string {
  return format === 'kiro'
    ? String(number)
    : format === 'openspec'
      ? requirement.title
      : `FR-${String(number).padStart(3, '0')}`
}
