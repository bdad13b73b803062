import { emptyDocument } from './document.ts'
import type { Criterion, DocumentKind, Property, Requirement, SpecDocument } from './document.ts'
import { readItems, readLines, readSections } from './markdown-lines.ts'
import type { ListItem, MarkdownLine, Section } from './markdown-lines.ts'
import { readReferences, readTasks, readWaves } from './read-tasks.ts'

/** Words, then a number, then a title: `Requirement 3: Sign in`, `要件 2 データ`, `3. Sign in`, `REQ-4 Sign in`. */
const numberedTitle = /^(\[?\p{L}[\p{L} ]{0,24}?[\s-]*)?(\d+(?:\.\d+)*)\]?(?:\s*[.:：)\-–—]+\s*|\s+|$)(.*)$/u

/** Reads a file of `.kiro/specs/<feature>/`. */
export function readKiro(text: string, kind: DocumentKind): SpecDocument {
  const document = emptyDocument('kiro', kind, text)
  const lines = readLines(text)
  if (kind === 'spec') document.requirements = readRequirements(lines)
  if (kind === 'bugfix') document.requirements = readBehaviours(lines)
  if (kind === 'design') document.properties = readProperties(lines)
  if (kind === 'tasks') {
    document.tasks = readTasks(lines, text)
    document.waves = readWaves(lines)
  }
  return document
}

/** Sections whose heading has a number and that hold criteria or a story; of two inside each other the one that holds criteria itself. */
function readRequirements(lines: readonly MarkdownLine[]): Requirement[] {
  const all = readSections(lines).flatMap((section) => {
    const match = numberedTitle.exec(section.heading.heading.text)
    return match && section.heading.heading.level > 1
      ? [{ section, word: match[1], key: match[2] ?? '', title: match[3] ?? '' }]
      : []
  })
  // Where some are called a requirement, in whatever language, those that have a number alone are chapters.
  const named = all.filter(({ word }) => word !== undefined)
  const numbered = named.length > 0 ? named : all
  const requirements: Requirement[] = []
  for (const { section, key, title } of numbered) {
    const inner = numbered.find(
      (other) => other.section.from > section.from && other.section.from < section.to,
    )
    const own = inner ? { ...section, to: inner.section.from } : section
    const items = readItems(lines, own.from + 1, own.to)
    const criteria = readCriteria(lines, own, key, items)
    if (criteria.length > 0) requirements.push(requirement(lines, own, key, title, criteria))
  }
  return requirements
}

/** `bugfix.md`: current, expected and unchanged behaviour, each with statements numbered `1.1`, `2.1`, `3.1`. */
function readBehaviours(lines: readonly MarkdownLine[]): Requirement[] {
  const sections = readSections(lines)
  const requirements: Requirement[] = []
  for (const section of sections) {
    const inner = sections.find((other) => other.from > section.from && other.from < section.to)
    const own = inner ? { ...section, to: inner.from } : section
    const items = readItems(lines, own.from + 1, own.to).filter((item) => /^\d+\.\d+/.test(item.marker))
    const key = items[0]?.marker.split('.')[0]
    if (key === undefined) continue
    const criteria = readCriteria(lines, own, key, items)
    requirements.push(requirement(lines, own, key, section.heading.heading.text, criteria))
  }
  return requirements
}

function readCriteria(
  lines: readonly MarkdownLine[],
  section: Section,
  key: string,
  all: readonly ListItem[],
): Criterion[] {
  const numbered = all.filter((item) => /^\d/.test(item.marker))
  // Bullets are criteria only where a heading or a bold label of their own says so: others are notes.
  const label = lines.findIndex(
    (line, at) =>
      at > section.from && at < section.to && /accept|criteri|受け入れ|验收|aceita|acepta/iu.test(line.text),
  )
  const candidates =
    numbered.length > 0 ? numbered : label === -1 ? [] : all.filter((item) => item.from > label)
  const least = Math.min(...candidates.map((item) => item.indent))
  const top = candidates.filter((item) => item.indent <= least + 1)
  let number = 0
  return top.map((item) => {
    number++
    const marker = item.marker.replace(/[.):]+$/, '')
    return {
      key: marker.startsWith(`${key}.`) ? marker : `${key}.${/^\d+$/.test(marker) ? marker : number}`,
      text: item.text,
      span: item.textSpan,
    }
  })
}

function requirement(
  lines: readonly MarkdownLine[],
  section: Section,
  key: string,
  title: string,
  criteria: Criterion[],
): Requirement {
  const { heading } = section
  const end = lines[section.to - 1]?.next ?? heading.next
  const first = firstParagraph(lines, section.from + 1, section.to)
  return {
    key,
    title,
    text: first?.text ?? '',
    textSpan: first?.span ?? { start: heading.next, end: heading.next },
    span: { start: heading.start, end },
    titleSpan: { start: heading.start, end: heading.end },
    criteria,
    scenarios: [],
  }
}

/** The first paragraph that is no list: the user story. */
function firstParagraph(lines: readonly MarkdownLine[], from: number, to: number) {
  for (let at = from; at < to; at++) {
    const line = lines[at]
    if (!line || line.isVerbatim || line.text.trim() === '') continue
    if (line.heading || readItems(lines, at, at + 1).length > 0) return null
    let last = at
    while (last + 1 < to && isProse(lines[last + 1])) last++
    const part = lines.slice(at, last + 1)
    return {
      text: part.map((one) => one.text.trim()).join(' '),
      span: { start: line.start, end: part.at(-1)?.end ?? line.end },
    }
  }
  return null
}

const isProse = (line: MarkdownLine | undefined) =>
  line !== undefined && !line.isVerbatim && !line.heading && line.text.trim() !== ''

/** `**Validates: Requirements 1.1, 2.3**`, with the property before it that it belongs to. */
function readProperties(lines: readonly MarkdownLine[]): Property[] {
  const properties: Property[] = []
  let name = ''
  for (const line of lines) {
    if (line.isVerbatim) continue
    const property = /^\W*(Property\s+\d+(?:\.\d+)*\b[^\n]*)$/iu.exec(line.text)?.[1]
    if (property) name = property.replaceAll('*', '').trim()
    if (/Validates\b[^:\n]*:/i.test(line.text))
      properties.push({
        name,
        validates: readReferences(line.text.replace(/:\s*Requirements?\b/i, ': ')),
        span: { start: line.start, end: line.end },
      })
  }
  return properties
}
