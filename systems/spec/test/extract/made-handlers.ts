/**
 * Handlers that are made at random, in four languages alike, and what they really answer: what is told of them has to hold for every request.
 * A request has `a`, `b` and `c` in its query, each of them left out or one of three texts.
 */

import { go } from './made-handlers/go.ts'
import { java } from './made-handlers/java.ts'
import { javascriptOf } from './made-handlers/javascript.ts'
import type { JavaScriptShell } from './made-handlers/javascript-shells.ts'
import { fastapi } from './made-handlers/fastapi.ts'
import { python } from './made-handlers/python.ts'
import type { MadeGuard, MadeHandler } from './made-handlers/steps.ts'
import { hasWays, indented, written } from './made-handlers/writer.ts'
import type { WrittenGuard } from './made-handlers/writer.ts'

export { answerOf, headed, numberQueries, queries } from './made-handlers/answer-of.ts'
export { guarded } from './made-handlers/guards.ts'
export { madeHandlers } from './made-handlers/make.ts'
export { pathOf } from './made-handlers/steps.ts'
export type { Query } from './made-handlers/steps.ts'

export const languages = ['javascript', 'python', 'go', 'java'] as const
export type MadeLanguage = (typeof languages)[number]

/** Frameworks besides the first one of each language. */
export type MadeShell = JavaScriptShell | 'fastapi'

const writers = { python, go, java }

/** The sources of a service with these handlers, each at a path of its name; `shell`: its framework, where that is another one. */
export function madeService(
  language: MadeLanguage,
  handlers: readonly MadeHandler[],
  shell: MadeShell | null = null,
): Record<string, string> {
  const writer =
    shell === 'fastapi'
      ? fastapi
      : language === 'javascript'
        ? javascriptOf(shell ?? 'express')
        : writers[language]
  const guards = new Map<MadeGuard, WrittenGuard>()
  const guardOf = (guard: MadeGuard): WrittenGuard => {
    const known = guards.get(guard)
    if (known) return known
    const { steps, ...rest } = guard
    const made = { ...rest, body: indented(written(steps, writer)), hasWays: hasWays(steps) }
    guards.set(guard, made)
    return made
  }
  return writer.files(
    handlers.map(({ name, steps, guards: own = [], isGrouped = false }) => ({
      name,
      guards: own.map(guardOf),
      isGrouped,
      body: indented(written(steps, writer)),
      hasWays: hasWays(steps),
    })),
  )
}
