/**
 * Handlers that are made at random, in four languages alike, and what they really answer: what is told of them has to hold for every request.
 * A request has `a`, `b` and `c` in its query, each of them left out or one of three texts.
 */

import { go } from './made-handlers/go.ts'
import { java } from './made-handlers/java.ts'
import { javascriptOf } from './made-handlers/javascript.ts'
import type { JavaScriptShell } from './made-handlers/javascript-shells.ts'
import { python } from './made-handlers/python.ts'
import type { MadeHandler } from './made-handlers/steps.ts'
import { hasWays, indented, written } from './made-handlers/writer.ts'

export { answerOf, numberQueries, queries } from './made-handlers/answer-of.ts'
export { madeHandlers } from './made-handlers/make.ts'
export type { Query } from './made-handlers/steps.ts'

export const languages = ['javascript', 'python', 'go', 'java'] as const
export type MadeLanguage = (typeof languages)[number]

const writers = { python, go, java }

/** The sources of a service with these handlers, each at a path of its name; `shell`: the framework of JavaScript. */
export function madeService(
  language: MadeLanguage,
  handlers: readonly MadeHandler[],
  shell: JavaScriptShell = 'express',
): Record<string, string> {
  const writer = language === 'javascript' ? javascriptOf(shell) : writers[language]
  return writer.files(
    handlers.map(({ name, steps }) => ({
      name,
      body: indented(written(steps, writer)),
      hasWays: hasWays(steps),
    })),
  )
}
