import { InvalidInputError } from '@heavylift/core'
import type { Requirement, SpecDocument } from './document.ts'
import { applySplices, lineEnding } from './source-text.ts'
import type { Splice } from './source-text.ts'

/** One change of a document. Keys are those that its reader gave. */
export type Edit =
  | { edit: 'requirement-text'; key: string; text: string }
  | { edit: 'criterion'; key: string; text: string }
  | { edit: 'add-criterion'; requirement: string; text: string }
  | { edit: 'remove-requirement'; key: string }
  /** `block` is the whole of it with its heading, as its format writes it. */
  | { edit: 'add-requirement'; block: string }
  | { edit: 'replace-requirement'; key: string; block: string }
  | { edit: 'task-done'; id: string; isDone: boolean }

/**
 * The document's text with the edits made at the places that were read, and nothing else changed: not a line ending, not
 * a blank line, not a heading that the reader does not know. What is put in ends its lines as the document does, unless
 * it is to be taken as it is given.
 * @throws InvalidInputError `spec-edit-nowhere` where an edit names what the document has not
 */
export function editDocument(
  document: SpecDocument,
  edits: readonly Edit[],
  endings: 'of-document' | 'as-given' = 'of-document',
): string {
  const ending = lineEnding(document.text)
  const splices = edits.map((edit) => {
    const splice = spliceOf(document, edit)
    return endings === 'as-given' ? splice : { ...splice, text: splice.text.replaceAll(/\r?\n/g, ending) }
  })
  return applySplices(document.text, splices)
}

function spliceOf(document: SpecDocument, edit: Edit): Splice {
  switch (edit.edit) {
    case 'requirement-text': {
      const { textSpan } = requirementOf(document, edit.key)
      // Where there was no text, a line of its own is made behind the heading.
      const isNew = textSpan.start === textSpan.end
      return { ...textSpan, text: isNew ? `${edit.text}\n` : edit.text }
    }
    case 'criterion': {
      const criterion = document.requirements
        .flatMap(({ criteria }) => criteria)
        .find(({ key }) => key === edit.key)
      return { ...(criterion ?? missing('criterion', edit.key)).span, text: edit.text }
    }
    case 'add-criterion': {
      const { criteria, key } = requirementOf(document, edit.requirement)
      const last = criteria.at(-1) ?? missing('criterion to follow in requirement', key)
      const head = document.text.slice(document.text.lastIndexOf('\n', last.span.start) + 1, last.span.start)
      const next = head.replace(/\d+(?=[.)]?\D*$)/, (number) => String(Number(number) + 1))
      return { start: last.span.end, end: last.span.end, text: `\n${next}${edit.text}` }
    }
    case 'remove-requirement':
      return { ...requirementOf(document, edit.key).span, text: '' }
    case 'replace-requirement': {
      const { span } = requirementOf(document, edit.key)
      const old = document.text.slice(span.start, span.end)
      const blank = /\s*$/.exec(old)?.[0] ?? ''
      return { start: span.start, end: span.end - blank.length, text: edit.block.trimEnd() }
    }
    case 'add-requirement': {
      const at = document.requirements.at(-1)?.span.end ?? document.text.length
      const before = document.text.slice(0, at)
      const gap = /\n\s*\n$/.test(before) || before.trim() === '' ? '' : before.endsWith('\n') ? '\n' : '\n\n'
      const behind = document.text.slice(at).trim() === '' ? '\n' : '\n\n'
      return { start: at, end: at, text: `${gap}${edit.block.trim()}${behind}` }
    }
    case 'task-done': {
      const task = document.tasks.find(({ id }) => id === edit.id) ?? missing('task', edit.id)
      return { ...task.mark, text: edit.isDone ? 'x' : ' ' }
    }
  }
}

function requirementOf(document: SpecDocument, key: string): Requirement {
  return document.requirements.find((one) => one.key === key) ?? missing('requirement', key)
}

function missing(what: string, key: string): never {
  throw new InvalidInputError({
    code: 'spec-edit-nowhere',
    message: `The document has no ${what} "${key}". Read it again: it may have changed since.`,
  })
}
