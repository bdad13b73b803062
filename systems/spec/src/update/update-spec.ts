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
 * What people took out does not come back.
 */
export function updateSpec(
  document: SpecDocument,
  traces: ReadonlyMap<string, Trace>,
  requirements: readonly TracedRequirement[],
  facts: ReadonlyMap<string, Fact>,
): UpdateResult {
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
  const known = new Map([...traces].map(([key, trace]) => [titleOfKey(key, document), trace]))
  let number = document.requirements.length
  for (const next of requirements) {
    const current = here.get(next.title)
    const trace = known.get(next.title)
    const fresh = traceOf(next, facts)
    if (!current) {
      if (trace) continue
      number++
      const block = writeRequirement(next, document.format, number)
      blocks.push({ edit: 'add-requirement', block })
      result.traces.set(keyOf(next, document.format, number), { ...fresh, block: hashOf(block) })
      result.added.push(next.title)
      continue
    }
    const isOld = trace !== undefined && isSame(trace.facts, fresh.facts)
    if (!trace || (isOld && isSame(trace.written, fresh.written))) {
      result.traces.set(current.key, trace ?? { ...fresh, block: '' })
      continue
    }
    const own = document.text.slice(current.span.start, current.span.end)
    if (hashOf(own) === trace.block) {
      const block = writeRequirement(next, document.format, Number(current.key) || 0)
      const blank = own.length - own.trimEnd().length
      splices.push({ start: current.span.start, end: current.span.end - blank, text: block })
      result.traces.set(current.key, { ...fresh, block: hashOf(block), ...accepted(trace) })
      result.amended.push(next.title)
      continue
    }
    const { replaced, conflicts } = replaceSentences(own, current, trace.written, sentences(next))
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
  removeGone(document, traces, requirements, splices, result)
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
  return result
}

function removeGone(
  document: SpecDocument,
  traces: ReadonlyMap<string, Trace>,
  requirements: readonly TracedRequirement[],
  splices: Splice[],
  result: UpdateResult,
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
        ours: 'The code does not do this any more.',
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
) {
  const replaced: Splice[] = []
  const conflicts: { theirs: string; ours: string }[] = []
  const added = Object.entries(now).filter(([id]) => !(id in old))
  const there = new Map(sentencesOf(requirement).map((sentence) => [sentenceHash(sentence), sentence]))
  for (const [id, hash] of Object.entries(old)) {
    // A fact of the same kind that is new is what the old one became, its id being of what it says.
    const kind = id.replace(/-[^-]*$/, '')
    const at =
      now[id] === undefined ? added.findIndex(([other]) => other.replace(/-[^-]*$/, '') === kind) : -1
    const next = now[id] ?? (at === -1 ? '' : (added.splice(at, 1)[0]?.[1] ?? ''))
    if (next !== '' && (sentenceHash(next) === hash || there.has(sentenceHash(next)))) continue
    const sentence = there.get(hash)
    const from = sentence === undefined ? -1 : block.indexOf(sentence)
    if (sentence === undefined || from === -1 || next === '')
      conflicts.push({
        theirs: block.trim(),
        ours: next === '' ? `No more: ${sentence ?? `a ${kind} that was reworded here`}` : next,
      })
    else
      replaced.push({
        start: requirement.span.start + from,
        end: requirement.span.start + from + sentence.length,
        text: next,
      })
  }
  // Where people wrote what the code has come to say, both agree.
  const missing = added.filter(([, sentence]) => !there.has(sentenceHash(sentence)))
  conflicts.push(...missing.map(([, sentence]) => ({ theirs: '', ours: sentence })))
  return { replaced, conflicts }
}

/** The sentence of each fact of a requirement, by id. */
function sentences({ statement, criteria, facts }: TracedRequirement): Record<string, string> {
  const all = [statement, ...criteria]
  return Object.fromEntries(facts.map((id, at) => [id, all[at] ?? '']))
}

/** The trace of a requirement as it is written now; `block` is for the caller, who knows how it was written. */
export function traceOf(
  requirement: TracedRequirement,
  facts: ReadonlyMap<string, Fact>,
): Omit<Trace, 'block'> {
  const pairs = requirement.facts.flatMap((id) => {
    const fact = facts.get(id)
    return fact ? [[id, saysHash(fact)] as const] : []
  })
  return {
    facts: Object.fromEntries(pairs),
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
