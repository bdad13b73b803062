import { HeavyliftError, TryLaterError } from '../errors.ts'
import type { ThreadMessage } from './thread-task.ts'

export const tooManyTasks = (most: number) =>
  new TryLaterError({
    code: 'too-many-tasks',
    message: `${most} requests of this kind run or wait already. Try again when one of them has been answered.`,
    status: 429,
    retryAfterSeconds: 2,
  })

export const taskTooLong = (limitMs: number) =>
  new HeavyliftError({
    code: 'task-too-long',
    message: `This takes longer than the ${limitMs / 1000} s that a request may take. Ask for less at once, or run it by a command of heavylift.`,
    status: 422,
  })

export const taskTooLarge = (limitMb: number) =>
  new HeavyliftError({
    code: 'task-too-large',
    message: `This needs more than the ${limitMb} MB of memory that a request may take. Ask for less at once, or run it by a command of heavylift.`,
    status: 422,
  })

export const answerUnread = (limitMs: number) =>
  new HeavyliftError({
    code: 'answer-unread',
    message: `Nothing of the answer was read for ${limitMs / 1000} s.`,
    status: 408,
  })

/** What a thread threw. */
export function errorOf(said: Extract<ThreadMessage, { type: 'refused' | 'failed' }>): Error {
  if (said.type === 'refused') return new HeavyliftError(said)
  const error = new Error(said.message)
  error.stack = said.stack
  return error
}
