import { problemsOf } from '../definition/check.ts'
import type { Surroundings } from '../definition/check.ts'
import { checkFile, problemAt, valueAt } from '../files/check-file.ts'
import type { FileProblem, ParsedFile } from '../files/parse-file.ts'
import { rangeOf } from '../files/parse-file.ts'

/**
 * What is wrong with the text of a definition: its form, and once that is right its graph, its names and the types of its expressions, each
 * with its place. In the order of the text.
 */
export function checkDraft(text: string, surroundings: Surroundings = {}): FileProblem[] {
  const { file, definition, problems } = checkFile(text)
  if (definition === null) return problems
  return problemsOf(definition, surroundings)
    .map(({ code, message, path, offset }) => {
      const whole = problemAt(file, path, code, message)
      return offset === undefined ? whole : { ...whole, ...placeInside(file, path, whole, offset) }
    })
    .toSorted((a, b) => a.from - b.from)
}

/** Where in a text a fault is, where the file has that text as it is, and does not fold or escape it. */
function placeInside(
  file: ParsedFile,
  path: readonly PropertyKey[],
  whole: FileProblem,
  offset: number,
): Partial<FileProblem> {
  const value = valueAt(file.value, path)
  const at = typeof value === 'string' ? file.text.slice(whole.from, whole.to).indexOf(value) : -1
  if (at === -1) return {}
  const from = Math.min(whole.from + at + offset, whole.to)
  return rangeOf(file.lines, [from, Math.max(whole.to - (whole.from + at > whole.from ? 1 : 0), from)])
}
