import { request } from 'undici'
import type { EvalTurn } from '../assistant/questions.ts'

/** Times of one turn from the moment the request leaves, in ms. */
export interface TurnTiming {
  firstChunkMs: number
  /** First card, table or word of the answer itself. */
  firstContentMs: number
  totalMs: number
}

const content = /"type":"(?:data-products|data-comparison|data-review-summary|text-delta)"/

/** Asks one question over HTTP and reads its stream to the end. Throws on any other status than 200, or a stream without an end. */
export async function askOnce(address: string, turn: EvalTurn, conversationId: string): Promise<TurnTiming> {
  const startMs = performance.now()
  const response = await request(`${address}/api/shop/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      conversationId,
      message: turn.message,
      ...(turn.pageProductId === null ? {} : { page: { productId: turn.pageProductId } }),
    }),
  })
  if (response.statusCode !== 200)
    throw new Error(`POST /chat answered ${response.statusCode}: ${await response.body.text()}`)
  let firstChunkMs: number | null = null
  let firstContentMs: number | null = null
  let tail = ''
  for await (const chunk of response.body) {
    const atMs = performance.now() - startMs
    firstChunkMs ??= atMs
    tail = (tail + String(chunk)).slice(-20_000)
    if (firstContentMs === null && content.test(tail)) firstContentMs = atMs
  }
  const totalMs = performance.now() - startMs
  if (!tail.includes('[DONE]') || tail.includes('"type":"error"'))
    throw new Error(`An answer failed: ${tail.slice(-300)}`)
  return { firstChunkMs: firstChunkMs ?? totalMs, firstContentMs: firstContentMs ?? totalMs, totalMs }
}

/** So many shoppers at once, each asking the next question when it has its answer. */
export async function runShoppers(
  address: string,
  turns: readonly EvalTurn[],
  options: { atOnce: number; prefix: string; report(done: number): void; signal: AbortSignal },
): Promise<{ timings: TurnTiming[]; seconds: number }> {
  const timings: TurnTiming[] = []
  let next = 0
  const startMs = performance.now()
  const shopper = async () => {
    for (let index = next++; index < turns.length; index = next++) {
      options.signal.throwIfAborted()
      const turn = turns[index]
      if (!turn) return
      timings.push(await askOnce(address, turn, `${options.prefix}-${index}`))
      options.report(timings.length)
    }
  }
  await Promise.all(Array.from({ length: options.atOnce }, shopper))
  return { timings, seconds: (performance.now() - startMs) / 1000 }
}
