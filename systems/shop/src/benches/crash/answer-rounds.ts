import { setTimeout as wait } from 'node:timers/promises'
import type { ReportProgress } from '@heavylift/core'
import { startServerProcess } from '../../evals/load/server-process.ts'
import { createRandom } from '@heavylift/core'

export interface AnswerRoundsResult {
  /** Kills that hit an answer whose end the client had not seen. */
  killsDuringAnswer: number
  /** Messages that were acknowledged (a first chunk came) and had no complete answer after the restart. */
  answersLost: number
  /** Messages that are in the conversation more than once. */
  messagesTwice: number
}

const questions = [
  'red football boots for a child under $50',
  'a quiet kettle',
  'compare hiking backpacks',
  'wireless headphones with good battery',
  'what is your return policy?',
]

/**
 * Asks a real server over HTTP, kills it with SIGKILL while it answers, starts it again in the same folder and goes on with
 * the stream as a client does.
 */
export async function runAnswerRounds(input: {
  home: string
  rounds: number
  seed: number
  report: ReportProgress
  signal: AbortSignal
}): Promise<AnswerRoundsResult> {
  const { home, rounds, report, signal } = input
  const random = createRandom(`answers/${input.seed}`)
  const result: AnswerRoundsResult = { killsDuringAnswer: 0, answersLost: 0, messagesTwice: 0 }
  const start = () => startServerProcess({ products: 300, home, report, signal })
  let server = await start()
  try {
    for (let round = 0; round < rounds; round++) {
      signal.throwIfAborted()
      const conversationId = `crash-${round}`
      const message = questions[round % questions.length] ?? ''
      const seen = await askUntil(server.address, { conversationId, message }, random.next() * 120)
      if (!seen.isComplete) result.killsDuringAnswer++
      await server.kill()
      server = await start()
      const resumed = seen.isComplete || (await resume(server.address, conversationId, seen.lastEventId))
      const turns = await turnsOf(server.address, conversationId)
      const kept = turns.filter((turn) => turn.message === message)
      if (seen.isAcknowledged && (!resumed || kept[0]?.status !== 'done')) result.answersLost++
      if (kept.length > 1) result.messagesTwice++
      report({ stage: 'crashing answers', done: round + 1, total: rounds, unit: 'rounds' })
    }
  } finally {
    await server.close()
  }
  return result
}

interface Seen {
  isAcknowledged: boolean
  isComplete: boolean
  lastEventId: string | null
}

/** Asks and reads for `forMs` after the first chunk. */
async function askUntil(
  address: string,
  body: { conversationId: string; message: string },
  forMs: number,
): Promise<Seen> {
  const leave = new AbortController()
  const response = await fetch(`${address}/api/shop/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: leave.signal,
  })
  if (!response.ok || !response.body) throw new Error(`POST /chat answered ${response.status}.`)
  let text = ''
  const reading = (async () => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
  })().catch(() => undefined)
  while (text === '') await wait(1)
  await Promise.race([reading, wait(forMs)])
  leave.abort()
  const ids = [...text.matchAll(/^id: ?(.+)$/gm)]
  return {
    isAcknowledged: text.includes('data:'),
    isComplete: text.includes('[DONE]'),
    lastEventId: ids.at(-1)?.[1] ?? null,
  }
}

/** Whether the stream goes on to its end. */
async function resume(address: string, conversationId: string, lastEventId: string | null): Promise<boolean> {
  const response = await fetch(`${address}/api/shop/chat/${conversationId}/stream`, {
    headers: lastEventId === null ? {} : { 'last-event-id': lastEventId },
  })
  // 204: the answer was complete in the record before the kill.
  if (response.status === 204) return true
  const text = await response.text()
  return response.ok && text.includes('[DONE]') && !text.includes('"type":"error"')
}

async function turnsOf(
  address: string,
  conversationId: string,
): Promise<{ message: string; status: string }[]> {
  const response = await fetch(`${address}/api/shop/conversations/${conversationId}`)
  if (!response.ok) return []
  return ((await response.json()) as { turns: { message: string; status: string }[] }).turns
}
