import type { Requirement, SpecDocument } from '../formats/document.ts'
import { readDocument } from '../formats/find-documents.ts'
import { applySplices, lineEnding } from '../formats/source-text.ts'
import type { Splice } from '../formats/source-text.ts'
import { writeStory } from '../formats/write.ts'
import { scenarioOf } from '../requirements/scenario.ts'

const markedKey = /^FR-(\d+)([a-z]?(?:\.\d+)?)$/

/** The number of a requirement of spec-kit (`FR-012` is 12); 0 where it has none. */
export const numberOf = (key: string): number => Number(markedKey.exec(key)?.[1] ?? 0)

/**
 * A document of spec-kit in which `FR-001` with `FR-001a`, `FR-001b` … is one requirement, as it was written; `titles` has what each is about, by
 * the key of its first. A document of another format as it is.
 */
export function gathered(document: SpecDocument, titles: ReadonlyMap<string, string>): SpecDocument {
  if (document.format !== 'spec-kit') return document
  const requirements: Requirement[] = []
  for (const one of document.requirements) {
    const [, number = '', letter = ''] = markedKey.exec(one.key) ?? []
    const before = requirements.at(-1)
    if (letter !== '' && before && numberOf(before.key) === Number(number)) {
      before.criteria.push({ key: one.key, text: one.text, span: one.textSpan })
      before.span = { start: before.span.start, end: one.span.end }
    } else if (number !== '')
      requirements.push({ ...one, criteria: [], title: titles.get(one.key) ?? operationOf(one) ?? one.key })
  }
  return { ...document, requirements }
}

/**
 * `text`, what `before` was amended to, with user stories that tell what their requirements do now: a story that told just what its requirement said
 * is written anew, goes with it, and comes with a new one. A story that people worded stays.
 */
export function followStories(
  before: SpecDocument,
  text: string,
  titlesBefore: ReadonlyMap<string, string>,
  titlesNow: ReadonlyMap<string, string>,
): string {
  if (before.format !== 'spec-kit') return text
  const document = readDocument(text, { format: 'spec-kit', kind: 'spec' })
  const ending = lineEnding(text)
  const old = byTitle(gathered(before, titlesBefore))
  const now = byTitle(gathered(document, titlesNow))
  const stories = document.requirements.filter(({ key }) => /^US\d+$/.test(key))
  const splices: Splice[] = []
  const told = new Set<string>()
  for (const story of stories) {
    const { title: name, span, titleSpan } = story
    told.add(name)
    const was = old.get(name)
    const body = text.slice(titleSpan.end, span.end)
    if (!was || plain(body) !== bodyOf(was, name)) continue
    const next = now.get(name)
    if (!next) splices.push({ ...span, text: '' })
    else if (bodyOf(next, name) !== bodyOf(was, name)) {
      const behind = /\s*$/.exec(body)?.[0] ?? ''
      const words = `\n\n${bodyOf(next, name)}`.replaceAll('\n', ending)
      splices.push({ start: titleSpan.end, end: span.end - behind.length, text: words })
    }
  }
  const last = stories.at(-1)
  const fresh = last ? [...now].filter(([title]) => !old.has(title) && !told.has(title)) : []
  if (last && fresh.length > 0) {
    const from = Math.max(...stories.map(({ key }) => Number(key.slice(2))))
    const blocks = fresh.map(([title, one], at) => writeStory(draftOf(one, title), from + at + 1))
    const words = `${blocks.join('\n\n')}\n\n`.replaceAll('\n', ending)
    splices.push({ start: last.span.end, end: last.span.end, text: words })
  }
  return applySplices(text, splices)
}

const operationOf = ({ text }: Requirement) => /^THE service SHALL answer (.+)\.$/.exec(text)?.[1]

const byTitle = ({ requirements }: SpecDocument) =>
  new Map(requirements.map((one) => [one.title, one] as const))

const plain = (text: string) => text.replaceAll('\r\n', '\n').trim()

/** What a story of a requirement says below its heading. */
function bodyOf(requirement: Requirement, title: string): string {
  const story = writeStory(draftOf(requirement, title), 1)
  return story.slice(story.indexOf('\n')).trim()
}

function draftOf({ text, criteria }: Requirement, title: string) {
  const said = criteria.map((one) => one.text)
  return {
    title,
    statement: text,
    criteria: said,
    scenarios: said.flatMap((sentence) => scenarioOf(sentence, title) ?? []),
  }
}
