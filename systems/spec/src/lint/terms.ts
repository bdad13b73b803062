import type { SpecDocument } from '../formats/document.ts'
import { readItems, readLines, readSections } from '../formats/markdown-lines.ts'
import { finding } from './finding.ts'
import type { Finding } from './finding.ts'
import type { Statement } from './statement.ts'

/**
 * Names that stand where a defined one belongs, in a document that defines its names (a glossary): who shall do something, and
 * `Names_Like_This`. A document without a glossary defines nothing, so nothing is asked of it.
 */
export function undefinedTerms(document: SpecDocument, statements: readonly Statement[]): Finding[] {
  const terms = readGlossary(document.text)
  if (terms.size === 0) return []
  const isTermStyle = [...terms].some((term) => term.includes('_'))
  const seen = new Set<string>()
  return statements.flatMap((statement) => {
    const names = new Set(
      isTermStyle ? statement.text.match(/\b[A-Z][A-Za-z0-9]*(?:_[A-Z][A-Za-z0-9]*)+\b/g) : [],
    )
    const isName = /^[A-Z][\w-]*(?:[ _][A-Z][\w-]*)*$/.test(statement.subject)
    if (statement.source === 'criterion' && isName && !isTermStyle) names.add(statement.subject)
    return [...names].flatMap((name) => {
      const key = fold(name)
      if (terms.has(key) || terms.has(key.replace(/s$/, '')) || general.has(key) || seen.has(key)) return []
      // A constant of code is no term of the glossary.
      if (/^[A-Z0-9_]+$/.test(name)) return []
      seen.add(key)
      return [finding('undefined-term', statement, `"${name}" is not in the glossary.`)]
    })
  })
}

const general = new Set([
  'system',
  'the system',
  'user',
  'application',
  'app',
  'service',
  'api',
  'server',
  'client',
])

const fold = (term: string) => term.toLowerCase().replaceAll(/\s+/g, ' ').trim()

function readGlossary(text: string): Set<string> {
  const lines = readLines(text)
  const section = readSections(lines).find(({ heading }) =>
    /glossary|definitions|terminology|terms/i.test(heading.heading.text),
  )
  const terms = new Set<string>()
  if (!section) return terms
  const define = (name: string) => {
    for (const part of name.split(/\s*[/(),]\s*/))
      if (part !== '') terms.add(fold(part.replaceAll(/[*_`]{2}|`/g, '')))
  }
  for (const item of readItems(lines, section.from, section.to)) {
    const name = /^\*{0,2}([^*:–—]{1,80})\*{0,2}\s*(?:[:–—]|\s-\s)/.exec(item.text)?.[1]
    if (name) define(name)
  }
  for (const line of lines.slice(section.from, section.to)) {
    const cell = /^\s*\|\s*\*{0,2}([^|*]{1,80}?)\*{0,2}\s*\|/.exec(line.text)?.[1]
    const bold = /^\*\*([^*]{1,80})\*\*/.exec(line.text)?.[1]
    if (cell) define(cell)
    if (bold) define(bold.replace(/:$/, ''))
  }
  return terms
}
