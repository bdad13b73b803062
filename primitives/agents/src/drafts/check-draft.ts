import type { Step } from '../definition/step.ts'
import { checkFile, problemAt } from '../files/check-file.ts'
import type { FileProblem } from '../files/parse-file.ts'
import { problemsOf } from '../publish/check-definition.ts'

/** What is wrong with the text of a definition: its form, and once that is right, what does not hold together, each with its place. */
export function checkDraft(text: string): FileProblem[] {
  const { file, definition, problems } = checkFile(text)
  if (definition === null) return problems
  return [...problemsOf(definition)]
    .map(({ code, message, step }) =>
      problemAt(file, step === undefined ? [] : (pathOf(definition.steps, step, []) ?? []), code, message),
    )
    .toSorted((a, b) => a.from - b.from)
}

/** The JSON path of a step, by its id. */
function pathOf(steps: readonly Step[], id: string, around: PropertyKey[]): PropertyKey[] | null {
  for (const [index, step] of steps.entries()) {
    const path = [...around, 'steps', index]
    if (step.id === id) return path
    const inside = step.kind === 'map' ? pathOf(step.steps, id, path) : null
    if (inside !== null) return inside
  }
  return null
}
