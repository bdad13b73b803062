import { setTimeout as sleep } from 'node:timers/promises'
import { HttpClient, postBytes } from './http-client.ts'
import type { Answer } from './http-client.ts'
import { chunkMark } from './plan.ts'
import type { Target } from './target.ts'

/** About a kilobyte of conversation. */
const messages = [
  { role: 'system', content: 'You help photographers. Answer in two sentences. '.repeat(12) },
  { role: 'user', content: 'Which lens is best in weak light, and why does it cost so much? '.repeat(6) },
]

function requestBytes(target: Target, plan: 'busy' | 'calm', isStream: boolean): Buffer {
  const { path, model, headers } = target.request(plan)
  const body = JSON.stringify({ model, messages, max_tokens: 64, ...(isStream ? { stream: true } : {}) })
  return postBytes(target.address, `${path}/chat/completions`, headers, body)
}

const isGood = (answer: Answer): boolean => answer.isWhole && answer.status === 200

/** True when every chunk came and the stream ended as the API says. */
function isClean(answer: Answer, chunks: number): boolean {
  return (
    isGood(answer) &&
    answer.body.split(chunkMark).length - 1 === chunks &&
    answer.body.includes('data: [DONE]')
  )
}

/**
 * Whole answers one after another on `connections` at once, until `count` are in or `seconds` over. `every` is called
 * with each hundredth of them.
 */
export async function closedLoop(
  target: Target,
  options: { count: number; seconds: number; connections: number; signal: AbortSignal },
  every: (done: number) => void = () => {},
): Promise<{ done: number; failed: number; seconds: number }> {
  const { count, connections, signal } = options
  const client = new HttpClient(target.address)
  const request = requestBytes(target, 'busy', false)
  const step = Math.max(1, Math.floor(count / 100))
  const startedMs = performance.now()
  const lastMs = startedMs + options.seconds * 1_000
  let begun = 0
  let done = 0
  let failed = 0
  const work = async () => {
    while (begun < count && performance.now() < lastMs && !signal.aborted) {
      begun += 1
      if (!isGood(await client.send(request, false))) failed += 1
      done += 1
      if (done % step === 0) every(done)
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  client.close()
  signal.throwIfAborted()
  return { done, failed, seconds: (performance.now() - startedMs) / 1_000 }
}

/**
 * Requests at a fixed rate, whether or not answers come. Latency counts from when a request was due, so a stall is
 * felt by all that it delays and not by one of them.
 */
export async function openLoop(
  target: Target,
  options: { rps: number; seconds: number; signal: AbortSignal },
): Promise<{ latenciesMs: number[]; failed: number }> {
  const client = new HttpClient(target.address)
  const request = requestBytes(target, 'calm', false)
  const count = Math.round(options.rps * options.seconds)
  const latenciesMs: number[] = []
  let failed = 0
  const startMs = performance.now()
  const answers: Promise<void>[] = []
  for (let sent = 0; sent < count && !options.signal.aborted;) {
    const due = Math.min(count, Math.floor(((performance.now() - startMs) * options.rps) / 1_000))
    for (; sent < due; sent++) {
      const dueMs = startMs + (sent * 1_000) / options.rps
      answers.push(
        client.send(request, false).then((answer) => {
          if (isGood(answer)) latenciesMs.push(answer.endMs - dueMs)
          else failed += 1
        }),
      )
    }
    await sleep(1)
  }
  await within(answers, 30_000)
  client.close()
  options.signal.throwIfAborted()
  return { latenciesMs, failed: failed + (count - latenciesMs.length - failed) }
}

/**
 * `concurrency` streams, begun evenly over `rampMs`; each that ends is followed by one other, so the second half begins
 * while all places are taken. Returns both halves' counts of clean streams and the second half's times to first token.
 */
export async function streams(
  target: Target,
  options: {
    plan: 'busy' | 'calm'
    concurrency: number
    rampMs: number
    chunks: number
    limitMs: number
    signal: AbortSignal
  },
): Promise<{ clean: number[]; ttftMs: number[] }> {
  const { concurrency, chunks } = options
  const client = new HttpClient(target.address)
  const request = requestBytes(target, options.plan, true)
  const clean = [0, 0]
  const ttftMs: number[] = []
  const place = async (index: number) => {
    await sleep((index * options.rampMs) / concurrency)
    for (const half of [0, 1]) {
      if (options.signal.aborted) return
      const answer = await client.send(request, true)
      if (isClean(answer, chunks)) clean[half] = (clean[half] ?? 0) + 1
      if (half === 1 && answer.firstMs > 0) ttftMs.push(answer.firstMs - answer.sentMs)
    }
  }
  const places = Array.from({ length: concurrency }, (_, index) => place(index))
  await within(places, options.limitMs)
  client.close()
  options.signal.throwIfAborted()
  return { clean: [...clean], ttftMs }
}

/** Waits for all, but not forever for some that hang. */
async function within(promises: Promise<void>[], limitMs: number): Promise<void> {
  const timer = new AbortController()
  await Promise.race([
    Promise.all(promises),
    sleep(limitMs, undefined, { signal: timer.signal }).catch(() => undefined),
  ])
  timer.abort()
}
