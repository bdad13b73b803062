import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { questions, systemPrompt } from './prompts.ts'

/** The part of the library that its guide shows for a chat. */
interface ChatLibrary {
  getLlama(
    options: object,
  ): Promise<{ loadModel(options: object): Promise<NaiveModel>; dispose(): Promise<void> }>
  LlamaChatSession: new (options: { contextSequence: NaiveSequence; systemPrompt: string }) => {
    prompt(
      text: string,
      options: { maxTokens: number; temperature: number; onTextChunk: (text: string) => void },
    ): Promise<string>
  }
}

interface NaiveModel {
  createContext(options: object): Promise<{ getSequence(): NaiveSequence }>
}

interface NaiveSequence {
  clearHistory(): Promise<void>
}

/**
 * The same library as its guide shows it: one chat session, requests one after another, nothing kept between them.
 * In this process, with the same model and as many threads.
 */
export async function measureNaive(input: {
  engineDir: string
  modelPath: string
  threads: number
  longFacts: number
  sharedFacts: number
  maxTokens: number
  signal: AbortSignal
}): Promise<Record<string, number>> {
  const path = join(input.engineDir, 'node_modules/node-llama-cpp/dist/index.js')
  const library = (await import(pathToFileURL(path).href)) as ChatLibrary
  const llama = await library.getLlama({
    gpu: 'auto',
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    maxThreads: input.threads,
    logLevel: 'error',
  })
  try {
    const model = await llama.loadModel({ modelPath: input.modelPath })
    const context = await model.createContext({ contextSize: 2048, threads: input.threads })
    const sequence = context.getSequence()
    const ask = async (system: string, text: string) => {
      input.signal.throwIfAborted()
      await sequence.clearHistory()
      const session = new library.LlamaChatSession({ contextSequence: sequence, systemPrompt: system })
      const startMs = performance.now()
      let firstMs = Number.NaN
      let pieces = 0
      await session.prompt(text, {
        maxTokens: input.maxTokens,
        temperature: 0,
        onTextChunk: () => {
          if (pieces++ === 0) firstMs = performance.now() - startMs
        },
      })
      return { firstMs, pieces, totalMs: performance.now() - startMs }
    }
    const long = systemPrompt('naive', input.longFacts)
    const first = await ask(long, questions[0] ?? '')
    // A server that keeps no session sends the whole conversation again.
    const second = await ask(`${long}\nUser: ${questions[0]}\nAssistant: Yes.`, questions[1] ?? '')
    const shared = systemPrompt('queue', input.sharedFacts)
    const alone = await ask(shared, questions[0] ?? '')
    let waitedMs = 0
    let lastStartMs = 0
    let pieces = 0
    for (const question of questions) {
      const one = await ask(shared, question)
      lastStartMs = waitedMs + one.firstMs
      waitedMs += one.totalMs
      pieces += one.pieces
    }
    return {
      firstTurnTtftMs: first.firstMs,
      secondTurnTtftMs: second.firstMs,
      secondTurnRatio: second.firstMs / first.firstMs,
      startRatio16: lastStartMs / alone.firstMs,
      tokensPerSecond16: (pieces / waitedMs) * 1000,
    }
  } finally {
    await llama.dispose()
  }
}
