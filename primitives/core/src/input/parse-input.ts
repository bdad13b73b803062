import type { z } from 'zod'
import { InvalidInputError } from '../errors.ts'
import { findUnacceptable } from './unacceptable.ts'
import { issueText } from './issue-text.ts'

/** One thing that is wrong with an input. */
export interface InputIssue {
  /** Part of the input, e.g. `query`. */
  in: string
  /** `items.0.name`; empty for the whole. */
  path: string
  message: string
}

/**
 * What a schema makes of an input from outside, held against the one rule for all inputs before and after: text that became a
 * number counts as one. `place` names the part, `what` the thing that it has to fit, for the message.
 *
 * @throws InvalidInputError `input-invalid`, naming place, field and what was expected, in our own words
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  place: string,
  what = 'this route',
): z.output<Schema> {
  refuseUnacceptable(value, place, what)
  const parsed = schema.safeParse(value, { error: issueText })
  if (parsed.success) {
    refuseUnacceptable(parsed.data, place, what)
    return parsed.data
  }
  throw inputInvalid(
    parsed.error.issues.map((issue) => ({
      in: place,
      path: issue.path.map(String).join('.'),
      message: issue.message,
    })),
    what,
  )
}

function refuseUnacceptable(value: unknown, place: string, what: string): void {
  const fault = findUnacceptable(value)
  if (fault) throw inputInvalid([{ in: place, path: fault.path.join('.'), message: fault.message }], what)
}

function inputInvalid(issues: InputIssue[], what: string): InvalidInputError {
  const shown = issues
    .slice(0, 3)
    .map((issue) => `${issue.in} ${shortened(issue.path) || '(whole)'}: ${issue.message}`)
  return new InvalidInputError({
    code: 'input-invalid',
    message: `The request does not fit ${what}. ${shown.join('; ')}.`,
    details: { issues: issues.slice(0, 100) },
  })
}

const shortened = (path: string): string => (path.length > 200 ? `${path.slice(0, 200)}…` : path)
