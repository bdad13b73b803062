import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { NotFoundError, silentLogger, systemClock } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { z } from 'zod'
import { median } from '@heavylift/core/math'
import { findEngine } from '../install/find-engine.ts'
import { readManifest } from '../pull/pulled-models.ts'
import { SupervisedEngine } from '../supervisor/supervised-engine.ts'
import { measureNaive } from './naive-peer.ts'
import { questions, systemPrompt } from './prompts.ts'
import { jsonTasks } from './schemas.ts'
import { timedChat } from './timed-chat.ts'
import type { TimedChat } from './timed-chat.ts'

const modelName = 'smollm2'
const streams = 16
const rounds = 3
/** About 1,300 and 700 tokens. */
const longFacts = 44
const sharedFacts = 24
const answerTokens = 24
const jsonAnswers = 60
/** An answer that does not end by itself before the limit. */
const longTask = 'Write the numbers from 1 to 200, one after another, with commas.'
const speedTokens = 96

/** Where the server of this installation keeps its models. */
const installed = fileURLToPath(new URL('../../../../.heavylift/models', import.meta.url))

/** `heavylift bench models.engine`: the local engine with real weights, beside the library used as its guide shows. */
export async function runEngineBench({ dataDir, report, signal }: MeasureInput) {
  const models = dataDir ?? installed
  const [model, engineDir] = await Promise.all([readManifest(models, modelName), findEngine(models)])
  if (model === null || engineDir === null) {
    throw new NotFoundError({
      code: 'model-not-pulled',
      message: `The bench needs real weights. Fetch them with: heavylift models pull ${modelName}`,
    })
  }
  const threads = Math.max(1, availableParallelism() - 1)
  const engine = new SupervisedEngine({
    dataDir: models,
    log: silentLogger,
    clock: systemClock,
    config: {
      model: modelName,
      sequences: streams,
      contextTokens: 2048,
      threads,
      gpu: 'auto',
      prefixCacheMb: 512,
    },
  })
  let done = 0
  const stage = (name: string) => report({ stage: name, done: done++, total: 6, unit: 'parts' })
  try {
    stage('loading')
    await engine.restart()
    const { url, gpu } = await engine.ready()
    const ask = asker(url ?? '', signal)
    await ask('warm-up', 2, questions[0] ?? '', 4)
    stage('turns')
    const turns = await measureTurns(ask)
    stage('starts')
    const starts = await measureStarts(ask)
    stage('throughput')
    const speeds = await measureSpeeds(ask)
    stage('JSON')
    const json = await measureJson(url ?? '', signal)
    await engine.stop()
    stage('peer')
    const naive = await measureNaive({
      engineDir,
      modelPath: model.path,
      threads,
      longFacts,
      sharedFacts,
      maxTokens: answerTokens,
      signal,
    })
    return {
      n: rounds * (2 + 3 * (streams + 1)) + 1 + 8 + streams + jsonAnswers,
      metrics: { ...turns, ...starts, ...speeds, ...json, threads, onGpu: gpu === false ? 0 : 1 },
      peers: { 'node-llama-cpp, one session': naive },
    }
  } finally {
    await engine.stop()
  }
}

type Ask = (
  salt: string,
  facts: number,
  question: string,
  maxTokens: number,
  before?: { role: string; content: string }[],
) => Promise<TimedChat>

function asker(url: string, signal: AbortSignal): Ask {
  return (salt, facts, question, maxTokens, before = []) =>
    timedChat(url, {
      messages: [
        { role: 'system', content: systemPrompt(salt, facts) },
        ...before,
        { role: 'user', content: question },
      ],
      maxTokens,
      signal,
    })
}

async function measureTurns(ask: Ask) {
  const firsts: number[] = []
  const seconds: number[] = []
  let promptTokens = 0
  let cachedTokens = 0
  for (let round = 0; round < rounds; round++) {
    const question = questions[round] ?? ''
    const first = await ask(`turn ${round}`, longFacts, question, answerTokens)
    const second = await ask(`turn ${round}`, longFacts, 'And in blue?', answerTokens, [
      { role: 'user', content: question },
      { role: 'assistant', content: first.text },
    ])
    firsts.push(first.firstMs)
    seconds.push(second.firstMs)
    promptTokens = first.promptTokens
    cachedTokens = second.cachedTokens
  }
  return {
    firstTurnTokens: promptTokens,
    firstTurnTtftMs: median(firsts),
    secondTurnTtftMs: median(seconds),
    secondTurnRatio: median(seconds) / median(firsts),
    secondTurnCachedTokens: cachedTokens,
  }
}

/** The latest start of 16 at once, over the start of one alone; both with prompts that nothing has seen before. */
async function measureStarts(ask: Ask) {
  const ratio = async (name: string, facts: number, salt: (round: number, stream: number) => string) => {
    const alone: number[] = []
    const together: number[] = []
    const middle: number[] = []
    for (let round = 0; round < rounds; round++) {
      const one = await ask(`${name} alone ${round}`, facts, questions[0] ?? '', 2)
      alone.push(one.firstMs)
      const all = await Promise.all(
        questions.map((question, stream) => ask(salt(round, stream), facts, question, answerTokens)),
      )
      const times = all.map(({ firstMs }) => firstMs)
      together.push(Math.max(...times))
      middle.push(median(times))
    }
    return { aloneMs: median(alone), lastMs: median(together), medianMs: median(middle) }
  }
  const shared = await ratio('shared', sharedFacts, (round) => `shared ${round}`)
  const distinct = await ratio('distinct', 2, (round, stream) => `${stream} of distinct ${round}`)
  return {
    startAloneMs: shared.aloneMs,
    startLast16Ms: shared.lastMs,
    startRatio16: shared.lastMs / shared.aloneMs,
    startDistinctAloneMs: distinct.aloneMs,
    startDistinctLast16Ms: distinct.lastMs,
    startDistinctRatio16: distinct.lastMs / distinct.aloneMs,
    startDistinctMedianRatio16: distinct.medianMs / distinct.aloneMs,
  }
}

async function measureSpeeds(ask: Ask) {
  const run = async (count: number) => {
    const startMs = performance.now()
    const all = await Promise.all(
      Array.from({ length: count }, async () => {
        const fromMs = performance.now() - startMs
        const chat = await ask('speed', 2, longTask, speedTokens)
        return chat.atMs.map((atMs) => fromMs + atMs)
      }),
    )
    const fromMs = Math.max(...all.map((times) => times[0] ?? 0))
    const toMs = Math.min(...all.map((times) => times.at(-1) ?? 0))
    // While all of them generate.
    const counts = all.map((times) => times.filter((at) => at > fromMs && at <= toMs).length)
    const tokens = counts.reduce((sum, value) => sum + value, 0)
    return { perSecond: (tokens / (toMs - fromMs)) * 1000, jain: jain(counts) }
  }
  const one = await run(1)
  const eight = await run(8)
  const sixteen = await run(streams)
  return {
    tokensPerSecond1: one.perSecond,
    tokensPerSecond8: eight.perSecond,
    tokensPerSecond16: sixteen.perSecond,
    jain16: sixteen.jain,
  }
}

async function measureJson(url: string, signal: AbortSignal) {
  let ended = 0
  let valid = 0
  const tasks = Array.from({ length: jsonAnswers }, (_, seed) => ({
    seed,
    ...jsonTasks[seed % jsonTasks.length]!,
  }))
  const startMs = performance.now()
  await Promise.all(
    tasks.map(async ({ ask, schema, seed }) => {
      const chat = await timedChat(url, {
        messages: [{ role: 'user', content: `${ask} Answer as JSON.` }],
        maxTokens: 400,
        temperature: 0.8,
        seed,
        responseFormat: {
          type: 'json_schema',
          json_schema: { name: 'answer', schema: z.toJSONSchema(schema) },
        },
        signal,
      })
      if (chat.finishReason !== 'stop') return
      ended++
      if (isValid(schema, chat.text)) valid++
    }),
  )
  return {
    jsonAnswers,
    jsonEnded: ended,
    jsonValid: ended === 0 ? 0 : valid / ended,
    jsonSeconds: (performance.now() - startMs) / 1000,
  }
}

function isValid(schema: z.ZodType, text: string): boolean {
  try {
    return schema.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

/** Jain, Chiu and Hawe 1984: 1 when all have the same, 1/n when one has all. */
function jain(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0)
  const squares = values.reduce((total, value) => total + value * value, 0)
  return squares === 0 ? 0 : (sum * sum) / (values.length * squares)
}
