import { words } from '../words.ts'
import type { FactBase } from './fact-base.ts'

/** So many words in a row are no coincidence. */
const run = 5

/** Runs of words of the texts that a prompt is made of besides the facts. */
export function echoRuns(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => runsOf(text)))
}

function runsOf(text: string): string[] {
  const all = words(text).map((word) => word.text)
  return all.length < run ? [] : all.slice(run - 1).map((_, i) => all.slice(i, i + run).join(' '))
}

/** Whether a sentence gives back the prompt: its instructions, one of its labels, or the question itself. */
export function isEcho(text: string, base: FactBase): boolean {
  if (runsOf(text).some((words) => base.prompt.runs.has(words))) return true
  const label = /^["“']?([^:.!?]{1,60}):/.exec(text)?.[1]?.trim().toLowerCase()
  if (label !== undefined && base.prompt.labels.has(label)) return true
  const said = words(text)
    .map((word) => word.text)
    .join(' ')
  return (
    said !== '' &&
    said ===
      words(base.prompt.question)
        .map((word) => word.text)
        .join(' ')
  )
}
