import { quote } from './js/cel-value.ts'
import type { StepDraft } from './draft.ts'
import { cut } from './names.ts'

/** A node at which a model chooses the way: a question with a choice for its answer, and a branch over it. */
export interface Classify {
  /** Id of the step that asks. */
  id: string
  model: string
  system?: string
  question: string
  /** Ways in the order of the node's outputs, each as the model is told of it. */
  choices: readonly { text: string; about?: string }[]
  /** Whether there is a way for what fits none. */
  hasOther?: boolean
}

const other = 'none of these'

/** The two steps, and the exits by the number of the way; the one after the last is what fits none. */
export function classify({ id, model, system, question, choices, hasOther = false }: Classify): {
  before: StepDraft
  step: StepDraft
  exits: string[]
} {
  // A choice is named once: of two that read alike the model could only mean the first.
  const names = choices.map(({ text }, at) => cut(text.trim(), 500) || `way ${at + 1}`)
  const described = choices.some(({ about }) => about !== undefined && about !== '')
  const lines = described
    ? choices.map(({ about }, at) => `${names[at]}${about === undefined || about === '' ? '' : `: ${about}`}`)
    : []
  const told = [system, ...(lines.length > 0 ? [`Choose one:\n${lines.join('\n')}`] : [])]
    .filter(Boolean)
    .join('\n\n')
  return {
    before: {
      id,
      kind: 'model',
      model,
      ...(told === '' ? {} : { system: cut(told, 100_000) }),
      prompt: cut(question, 100_000) || '…',
      output: {
        type: 'object',
        required: ['choice'],
        properties: { choice: { enum: [...new Set(names), ...(hasOther ? [other] : [])] } },
      },
    },
    step: {
      kind: 'branch',
      cases: names
        .slice(0, 50)
        .map((name, at) => ({ id: `way_${at + 1}`, when: `steps.${id}.output.choice == ${quote(name)}` })),
    },
    exits: [...names.map((_name, at) => `way_${at + 1}`), 'otherwise'],
  }
}
