import { runOnItems } from './run-on.ts'
import { sentences } from './words.ts'

/** A piece of a description as it is quoted, and the heading or question that it stands under. */
export interface Piece {
  text: string
  heading: string | null
}

/** Longer lines are no headings. */
const longestHeading = 60
/** A question that a listing answers itself may be longer. */
const longestQuestion = 160
const bullet = /^(?:[•●▪◦‣✓✔✅*·]+|[-–—](?=\s)|\.:)\s*/u

/**
 * The sentences and items of a description, each under its heading: a line that ends in a colon, or a question that the next lines
 * answer. Items that run on in one line begin with a bullet each.
 */
export function piecesOf(description: string): Piece[] {
  const lines = linesOf(description)
  let heading: string | null = null
  return lines.flatMap(({ text, isHeading }) => {
    if (isHeading) {
      heading = text
      return []
    }
    return sentences(text)
      .flatMap((sentence) => runOnItems(sentence.trim()))
      .map((item) => ({ text: item, heading }))
  })
}

/** What stands under each heading, as one text that begins with it. */
export function sectionsOf(description: string): { heading: string; text: string }[] {
  const found: { heading: string; text: string }[] = []
  for (const { text, written, isHeading } of linesOf(description)) {
    const open = found.at(-1)
    if (isHeading) found.push({ heading: text, text: written })
    else if (open !== undefined) open.text += ` ${written}`
  }
  return found.filter(({ heading, text }) => text.length > heading.length)
}

function linesOf(description: string): { text: string; written: string; isHeading: boolean }[] {
  const lines = description
    .split(/\n+|\s(?=[•●▪✓✔✅]\s*[^\s•●▪✓✔✅])/u)
    .map((line) => ({ written: line.trim(), text: line.trim().replace(bullet, '') }))
    .filter(({ text }) => text !== '')
  return lines.map((line, at) => ({ ...line, isHeading: at < lines.length - 1 && isHeading(line.text) }))
}

const isHeading = (text: string): boolean =>
  (text.endsWith(':') && text.length <= longestHeading && !/[.!?]\s/.test(text)) ||
  (text.endsWith('?') && text.length <= longestQuestion && !/[.!?]\s/.test(text))

/** Whether a field, as `Name: value`, says yes or no and nothing else. */
export const isYesOrNo = (field: string): boolean =>
  /^(?:yes|no|true|false|y|n)$/i.test(field.slice(field.indexOf(':') + 1).trim())
