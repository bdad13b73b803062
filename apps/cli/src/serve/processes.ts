import { withTimeout } from '@heavylift/core/async'
import type { Processes } from '@heavylift/core'

/** What processes of one server send each other; the supervisor hands it on to all but the sender. */
export interface Message {
  heavylift: string
  data: unknown
}

/** To the supervisor: the process answers, at this port. */
export const upTopic = 'process.up'
const askTopic = 'process.ask'
const answerTopic = 'process.answer'
/** A process that takes longer is left out. */
const answerWithinMs = 1_000

/** This process as one of several that the supervisor started. */
export interface Member extends Processes {
  /** Another one had its number, and ended. */
  isAgain: boolean
  /** Tells the supervisor that this process answers. */
  isUp(port: number): void
  /** What the others answer to a question, of those that do. */
  gather(question: string): Promise<unknown[]>
  answer(question: string, answer: () => Promise<unknown>): void
  /** Told when the supervisor is gone. */
  onAlone(stop: () => void): void
}

export function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'heavylift' in value
}

/** Null in a server of one process, and in the supervisor. `HEAVYLIFT_PROCESS` is `<number>/<count>`, with `/again` for one that was started again. */
export function joinProcesses(env: Record<string, string | undefined>): Member | null {
  const [, number, count, again] = /^(\d+)\/(\d+)(\/again)?$/.exec(env['HEAVYLIFT_PROCESS'] ?? '') ?? []
  if (process.send === undefined || number === undefined || count === undefined) return null
  const listeners = new Map<string, Set<(data: unknown) => void>>()
  const hear = (topic: string, onData: (data: unknown) => void): void => {
    listeners.set(topic, (listeners.get(topic) ?? new Set()).add(onData))
  }
  const tell = (topic: string, data: unknown): void => {
    // Without a supervisor nobody hears it.
    if (process.connected) process.send?.({ heavylift: topic, data } satisfies Message)
  }
  process.on('message', (message: unknown) => {
    if (isMessage(message)) for (const onData of listeners.get(message.heavylift) ?? []) onData(message.data)
  })

  const questions = new Map<string, () => Promise<unknown>>()
  const waiting = new Map<number, (answer: unknown) => void>()
  let lastId = 0
  hear(askTopic, (data) => {
    const { id, question } = data as { id: string; question: string }
    void questions
      .get(question)?.()
      .then((answer) => tell(answerTopic, { id, answer }))
      .catch(() => undefined)
  })
  hear(answerTopic, (data) => {
    const { id, answer } = data as { id: string; answer: unknown }
    const [asker, question] = id.split('.')
    if (asker === number) waiting.get(Number(question))?.(answer)
  })
  return {
    number: Number(number),
    count: Number(count),
    isAgain: again !== undefined,
    tell,
    hear,
    isUp: (port) => tell(upTopic, { port }),
    answer: (question, answer) => void questions.set(question, answer),
    async gather(question) {
      const id = ++lastId
      const answers: unknown[] = []
      const all = new Promise<void>((resolve) => {
        waiting.set(id, (answer) => {
          answers.push(answer)
          if (answers.length === Number(count) - 1) resolve()
        })
      })
      tell(askTopic, { id: `${number}.${id}`, question })
      await withTimeout(all, answerWithinMs, () => undefined)
      waiting.delete(id)
      return answers
    },
    onAlone: (stop) => void process.once('disconnect', stop),
  }
}
