import { createRandom } from '@heavylift/core/math'
import type { Trace, TraceRequest } from './trace.ts'

const TOKENS_PER_BLOCK = 64
const APPLICATIONS = 12

/**
 * Conversations as a chat service sees them: sessions arrive by chance, four times as fast in bursts; each belongs to
 * one of twelve applications with a system prompt of its own (a few are popular); each turn repeats the conversation
 * so far; lengths of questions and answers are lognormal, and so is the time that a reader takes.
 */
export function generateTrace(sessions: number, seed: number): Trace {
  const uniform = createRandom(seed)
  const random = () => uniform.next()
  const lognormal = (median: number, sigma: number): number => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()))
    return median * Math.exp(sigma * radius * Math.cos(2 * Math.PI * random()))
  }
  const systemTokens = Array.from({ length: APPLICATIONS }, () => Math.round(lognormal(900, 0.8)))
  const requests: TraceRequest[] = []
  let nextBlock = 1
  const systemBlocks = systemTokens.map((tokens) =>
    Array.from({ length: Math.floor(tokens / TOKENS_PER_BLOCK) }, () => nextBlock++),
  )
  let arrivalMs = 0
  let burstUntilMs = 0
  for (let session = 0; session < sessions; session++) {
    if (arrivalMs > burstUntilMs && random() < 0.01) burstUntilMs = arrivalMs + 15_000
    arrivalMs += -Math.log(1 - random()) * (arrivalMs < burstUntilMs ? 100 : 400)
    const application = Math.floor(APPLICATIONS * random() ** 2)
    const blocks = [...(systemBlocks[application] ?? [])]
    let promptTokens = systemTokens[application] ?? 0
    let atMs = arrivalMs
    do {
      promptTokens = Math.min(120_000, promptTokens + Math.ceil(lognormal(400, 1.4)))
      while (blocks.length < Math.floor(promptTokens / TOKENS_PER_BLOCK)) blocks.push(nextBlock++)
      const outputTokens = Math.max(1, Math.min(4000, Math.round(lognormal(180, 0.9))))
      requests.push({ atMs, promptTokens, outputTokens, blocks: Uint32Array.from(blocks), session })
      promptTokens += outputTokens
      atMs += outputTokens * 30 + lognormal(15_000, 1)
    } while (random() < 0.72)
  }
  requests.sort((a, b) => a.atMs - b.atMs)
  return { name: 'generated', tokensPerBlock: TOKENS_PER_BLOCK, requests }
}
