import type { SpecDocument } from './document.ts'
import { readLines, readSections } from './markdown-lines.ts'
import type { Span } from './source-text.ts'

/** Shortest purpose that OpenSpec 1.13 passes in strict mode, in characters. */
const leastPurpose = 50

export interface StrictIssue {
  message: string
  span: Span
}

/** What `openspec validate --strict` (1.13) would object to in a main spec, so that nothing is written that it refuses. */
export function strictIssues(document: SpecDocument): StrictIssue[] {
  const lines = readLines(document.text)
  const sections = readSections(lines)
  const issues: StrictIssue[] = []
  const all = { start: 0, end: document.text.length }
  const purpose = sections.find(({ heading }) => /^purpose$/i.test(heading.heading.text))
  const purposeText = purpose ? document.text.slice(purpose.heading.next, purpose.end).trim() : ''
  if (purposeText === '') issues.push({ message: 'There is no `## Purpose`.', span: all })
  else if (purposeText.length < leastPurpose)
    issues.push({ message: `The purpose has fewer than ${leastPurpose} characters.`, span: purpose ?? all })
  else if (/^(?:TBD|TODO)\b/.test(purposeText))
    issues.push({ message: 'The purpose is still a placeholder.', span: purpose ?? all })
  const section = sections.find(({ heading }) => /^requirements$/i.test(heading.heading.text))
  if (!section) issues.push({ message: 'There is no `## Requirements`.', span: all })
  else if (document.requirements.length === 0)
    issues.push({ message: 'There is no requirement.', span: section })
  for (const { heading } of sections)
    if (/^(?:ADDED|MODIFIED|REMOVED|RENAMED) Requirements$/i.test(heading.heading.text))
      issues.push({ message: 'A heading of a delta stands in a main spec.', span: heading })
  const seen = new Set<string>()
  for (const { key, text, span, scenarios } of document.requirements) {
    const name = `"${key}"`
    if (seen.has(key)) issues.push({ message: `${name} stands there twice.`, span })
    seen.add(key)
    if (section && (span.start < section.start || span.start >= section.end))
      issues.push({ message: `${name} stands outside \`## Requirements\`.`, span })
    if (!/\b(?:SHALL|MUST)\b/.test(text))
      issues.push({ message: `${name} says neither SHALL nor MUST.`, span })
    const isWithBody = scenarios.some((scenario) => {
      const [, ...body] = document.text.slice(scenario.span.start, scenario.span.end).split('\n')
      return body.join('\n').trim() !== ''
    })
    if (!isWithBody) issues.push({ message: `${name} has no scenario.`, span })
  }
  return issues
}
