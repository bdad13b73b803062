/** What a run asks a person, as the API answers it. */
export interface Question {
  runId: string
  path: string
  kind: string
  who: string[]
  ask: string
  show?: unknown
  /** JSON Schema of fields that are filled in with the first of the choices. */
  form?: Record<string, unknown> | undefined
  /** Where somebody does something before he answers. */
  url?: string | undefined
  choices: string[]
  openedMs: number
  untilMs: number | null
}

export interface QuestionGroup {
  key: string
  /** The question with what differs left out: `Refund …?` */
  pattern: string
  questions: Question[]
}

/**
 * Questions that ask the same of the same people, at the same step and with the same choices, differing in numbers, amounts and what stands
 * in quotes only. In the order of the oldest of each.
 */
export function groupBySameness(questions: readonly Question[]): QuestionGroup[] {
  const groups = new Map<string, QuestionGroup>()
  for (const question of questions) {
    const pattern = patternOf(question.ask)
    const step = question.path.replaceAll(/\.\d+(?=\.)/g, '')
    // What is filled in is of one run: nothing is answered for another by it.
    const own =
      question.form === undefined && question.url === undefined ? '' : question.runId + question.path
    const key = JSON.stringify([question.kind, step, question.who, question.choices, pattern, own])
    const group = groups.get(key)
    if (group) group.questions.push(question)
    else groups.set(key, { key, pattern, questions: [question] })
  }
  return [...groups.values()]
}

function patternOf(ask: string): string {
  return ask
    .replaceAll(/“[^”]*”|"[^"]*"/g, '…')
    .replaceAll(/[\w.,:/-]*\d[\w.,:/-]*/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
