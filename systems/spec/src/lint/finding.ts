import type { Span } from '../formats/source-text.ts'
import type { Statement } from './statement.ts'

export const lintRules = [
  'ears-form',
  'vague-word',
  'detail',
  'untestable',
  'undefined-term',
  'contradiction',
  'gap',
] as const
export type LintRule = (typeof lintRules)[number]

export interface Finding {
  rule: LintRule
  requirement: string
  /** Of the statement: a criterion's number, a scenario's name. */
  key: string
  span: Span
  message: string
}

export function finding(rule: LintRule, { requirement, key, span }: Statement, message: string): Finding {
  return { rule, requirement, key, span, message }
}
