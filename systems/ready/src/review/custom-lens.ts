import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import { holds, idsIn, parseCondition } from './risk-condition.ts'
import type { Condition } from './risk-condition.ts'

export type Risk = 'HIGH_RISK' | 'MEDIUM_RISK' | 'NO_RISK'

export interface LensQuestion {
  id: string
  pillar: string
  title: string
  description: string
  choices: { id: string; title: string; improvement: string }[]
  rules: { condition: Condition; risk: Risk }[]
}

export interface CustomLens {
  name: string
  description: string
  questions: LensQuestion[]
  /** What was read but says nothing, with its place. */
  remarks: { where: string; advice: string }[]
}

const help = z.looseObject({ displayText: z.string().optional(), url: z.string().optional() })
const plan = z.union([help, z.array(help)])

const lensSchema = z.looseObject({
  schemaVersion: z.literal('2021-11-01'),
  name: z.string().min(1),
  description: z.string().default(''),
  pillars: z.array(
    z.looseObject({
      id: z.string().optional(),
      name: z.string(),
      questions: z.array(
        z.looseObject({
          id: z.string(),
          title: z.string(),
          description: z.string().default(''),
          choices: z.array(
            z.looseObject({ id: z.string(), title: z.string().optional(), improvementPlan: plan.optional() }),
          ),
          riskRules: z
            .array(
              z.looseObject({ condition: z.string(), risk: z.enum(['HIGH_RISK', 'MEDIUM_RISK', 'NO_RISK']) }),
            )
            .default([]),
        }),
      ),
    }),
  ),
})

const longestText = 5_000_000

/**
 * A custom lens of the AWS Well-Architected Tool (JSON, `schemaVersion` 2021-11-01).
 * @throws InvalidInputError `lens-invalid` where it is none, `condition-invalid` where a rule cannot be read
 */
export function readCustomLens(text: string): CustomLens {
  const invalid = (message: string) => new InvalidInputError({ code: 'lens-invalid', message })
  if (text.length > longestText) throw invalid('A lens has at most 5 MB.')
  let raw: unknown
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw invalid(`The lens is no JSON: ${error instanceof Error ? error.message : 'unreadable'}.`)
  }
  const found = lensSchema.safeParse(raw)
  if (!found.success) {
    const [issue] = found.error.issues
    throw invalid(`${issue?.path.join('.') || 'The lens'}: ${issue?.message ?? 'is not valid'}.`)
  }
  const { name, description, pillars } = found.data
  const remarks: CustomLens['remarks'] = []
  const questions = pillars.flatMap((pillar) =>
    pillar.questions.map((question): LensQuestion => {
      const choices = question.choices.map((choice) => ({
        id: choice.id,
        title: choice.title ?? choice.id,
        improvement: planText(choice.improvementPlan),
      }))
      const rules = question.riskRules.map(({ condition, risk }) => ({
        condition: parseCondition(condition),
        risk,
      }))
      const known = new Set(choices.map(({ id }) => id))
      for (const id of rules.flatMap(({ condition }) => idsIn(condition)))
        if (!known.has(id))
          remarks.push({
            where: `${pillar.name}, ${question.id}`,
            advice: `A rule speaks of "${id}", which is no choice of the question, so it never holds. Correct its id.`,
          })
      if (rules.length === 0)
        remarks.push({
          where: `${pillar.name}, ${question.id}`,
          advice: 'The question has no risk rules, so no answer is a risk. Add riskRules.',
        })
      return {
        id: question.id,
        pillar: pillar.name,
        title: question.title,
        description: question.description,
        choices,
        rules,
      }
    }),
  )
  return { name, description, questions, remarks }
}

function planText(given: z.output<typeof plan> | undefined): string {
  const all = given === undefined ? [] : Array.isArray(given) ? given : [given]
  return all.map(({ displayText, url }) => displayText ?? url ?? '').join(' ')
}

/** The risk of a question with these choices: that of the first rule that holds; none where no rule does. */
export function riskOf(question: LensQuestion, chosen: ReadonlySet<string>): Risk {
  return question.rules.find(({ condition }) => holds(condition, chosen))?.risk ?? 'NO_RISK'
}
