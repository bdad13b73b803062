import { emptyDocument } from './document.ts'
import type { DocumentKind, Requirement, Scenario, SpecDocument } from './document.ts'
import { readItems, readLines, readSections } from './markdown-lines.ts'
import type { ListItem, MarkdownLine } from './markdown-lines.ts'
import { readTasks } from './read-tasks.ts'
import { readInlineSteps } from './steps.ts'

/** `**FR-001**: System MUST …`; the text of a success criterion has the same form with `SC`. */
const markedForm =
  /^(?:\*\*|__)?\[?([A-Z]{2,5}-\d+[a-z]?(?:\.\d+)?)\]?(?:\*\*|__)?\s*(?:\([^)]*\)\s*)?[:：.–—-]?(?:\*\*|__)?\s*(.*)$/su

/** Reads a file of `specs/NNN-name/`: requirements are the marked items (`FR-001`, `SC-001`) and the user stories (`US1`) with their scenarios. */
export function readSpecKit(text: string, kind: DocumentKind): SpecDocument {
  const document = emptyDocument('spec-kit', kind, text)
  const lines = readLines(text)
  if (kind === 'tasks') document.tasks = readTasks(lines, text)
  if (kind === 'spec') {
    const items = readItems(lines, 0, lines.length)
    document.requirements = [...readStories(lines), ...readMarked(items, text)].toSorted(
      (a, b) => a.span.start - b.span.start,
    )
    document.questions = readQuestions(text)
  }
  return document
}

function readMarked(items: readonly ListItem[], document: string): Requirement[] {
  const seen = new Set<string>()
  return items.flatMap((item) => {
    const match = markedForm.exec(item.text)
    const [, key = '', text = ''] = match ?? []
    // Only the first is the requirement; others speak of it.
    if (!match || text === '' || item.checkbox || seen.has(key)) return []
    seen.add(key)
    const span = { start: item.start, end: item.end }
    const written = document.slice(item.textSpan.start, item.textSpan.end)
    const words = markedForm.exec(written)?.[2] ?? written
    return [
      {
        key,
        title: key,
        text,
        textSpan: { start: item.textSpan.end - words.length, end: item.textSpan.end },
        span,
        titleSpan: { start: item.start, end: item.start },
        criteria: [],
        scenarios: [],
      },
    ]
  })
}

/** User stories; scenarios outside any (`Acceptance Scenarios` of the older template) are one requirement of their own. */
function readStories(lines: readonly MarkdownLine[]): Requirement[] {
  const sections = readSections(lines)
  const stories: Requirement[] = []
  const add = (from: number, to: number, key: string, title: string) => {
    const heading = lines[from]
    if (!heading) return
    const scenarios = readItems(lines, from + 1, to).flatMap((item): Scenario[] => {
      const steps = readInlineSteps(item)
      return steps ? [{ name: item.text, span: { start: item.start, end: item.end }, steps }] : []
    })
    const words = lines
      .slice(from + 1, to)
      .find((line) => !line.isVerbatim && !line.heading && /^\s*[^\s\d*+-]/u.test(line.text))
    const none = { start: heading.next, end: heading.next }
    stories.push({
      key,
      title,
      text: words?.text.trim() ?? '',
      textSpan: words ? { start: words.start, end: words.end } : none,
      span: { start: heading.start, end: lines[to - 1]?.next ?? heading.next },
      titleSpan: { start: heading.start, end: heading.end },
      criteria: [],
      scenarios,
    })
  }
  for (const section of sections) {
    const { text } = section.heading.heading
    const story =
      /^(?:User Story|Story|US)\s*[-#]?\s*(\d+)\s*[-–—:.]?\s*(.*?)(?:\s*\(Priority:[^)]*\))?$/iu.exec(text)
    if (story) add(section.from, section.to, `US${story[1] ?? ''}`, story[2] ?? '')
    else if (/^acceptance scenarios/iu.test(text) && !isInside(stories, section.start))
      add(section.from, section.to, text, text)
  }
  return stories
}

const isInside = (stories: readonly Requirement[], at: number) =>
  stories.some(({ span }) => span.start < at && at < span.end)

function readQuestions(text: string) {
  return [...text.matchAll(/\[NEEDS CLARIFICATION:?\s*([^\]]*)\]/g)].map((match) => ({
    text: match[1]?.trim() ?? '',
    span: { start: match.index, end: match.index + match[0].length },
  }))
}
