import type { Requirement, SpecDocument } from '../formats/document.ts'

/** What an edit of a spec changes, by requirement. */
export interface SpecChange {
  added: Requirement[]
  modified: { before: Requirement; after: Requirement }[]
  removed: Requirement[]
  /** The same block by another name. */
  renamed: { from: string; to: string }[]
}

/** Compares two states of a document; where a requirement stands, its number and its layout are no change. */
export function changeBetween(before: SpecDocument, after: SpecDocument): SpecChange {
  const change: SpecChange = { added: [], modified: [], removed: [], renamed: [] }
  const [old, now] = [before, after].map(
    (one) => new Map(one.requirements.map((each) => [nameOf(each), each])),
  )
  for (const [name, one] of now ?? []) {
    const previous = old?.get(name)
    if (!previous) change.added.push(one)
    else if (says(previous) !== says(one)) change.modified.push({ before: previous, after: one })
  }
  for (const [name, one] of old ?? []) {
    if (now?.has(name)) continue
    const at = change.added.findIndex((other) => says(other) === says(one))
    const [renamed] = at === -1 ? [] : change.added.splice(at, 1)
    if (renamed) change.renamed.push({ from: name, to: nameOf(renamed) })
    else {
      const moved = change.added.findIndex((other) => isMoved(one, other))
      const [after] = moved === -1 ? [] : change.added.splice(moved, 1)
      if (!after) change.removed.push(one)
      else {
        change.renamed.push({ from: name, to: nameOf(after) })
        change.modified.push({ before: one, after })
      }
    }
  }
  return change
}

/** A text in which an operation is called otherwise: `GET /loans` is not named where `GET /loans/{id}` is. */
export const withTitle = (text: string, from: string, to: string): string =>
  text
    .split(from)
    .reduce((all, rest, at) => (at === 0 ? rest : `${all}${/^[\w/{-]/.test(rest) ? from : to}${rest}`), '')

/** The same operation with another method or path: all that it says but that is what it said. */
function isMoved(before: Requirement, after: Requirement): boolean {
  const [from, to] = [before, after].map(nameOf)
  return (
    [from, to].every((name) => /^[A-Z]+ …?\//.test(name ?? '')) &&
    withTitle(says(before), from ?? '', to ?? '') === says(after)
  )
}

export const nameOf = ({ title, key }: Requirement) => title.trim() || key

/** All sentences of a requirement, in order. */
export function sentencesOf({ text, criteria }: Requirement): string[] {
  return [...text.split('\n'), ...criteria.map((one) => one.text)]
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

const says = (one: Requirement) =>
  JSON.stringify([
    sentencesOf(one),
    one.scenarios.map(({ name, steps }) => [name, steps.map(({ keyword, text }) => [keyword, text])]),
  ])

/** The change as a delta of OpenSpec; blocks are taken from the document as they are. */
export function writeDelta(change: SpecChange, document: SpecDocument): string {
  const block = ({ span }: Requirement) => document.text.slice(span.start, span.end).trim()
  const section = (name: string, blocks: readonly string[]) =>
    blocks.length > 0 ? [`## ${name} Requirements\n\n${blocks.join('\n\n')}`] : []
  return `${[
    ...section('ADDED', change.added.map(block)),
    ...section(
      'MODIFIED',
      change.modified.map(({ after }) => block(after)),
    ),
    ...section(
      'REMOVED',
      change.removed.map((one) => `### Requirement: ${nameOf(one)}`),
    ),
    ...section(
      'RENAMED',
      change.renamed.map(
        ({ from, to }) => `- FROM: \`### Requirement: ${from}\`\n- TO: \`### Requirement: ${to}\``,
      ),
    ),
  ].join('\n\n')}\n`
}
