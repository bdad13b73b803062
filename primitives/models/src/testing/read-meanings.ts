import { basename, join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { startTestEngine } from '@heavylift/engine/testing'
import { z } from 'zod'
import type { TextEmbedder } from '../gateway/in-process/complete.ts'
import { Meanings } from '../meaning/meanings.ts'
import type { MeaningRows, Meant } from '../meaning/meanings.ts'
import { asQuery } from '../meaning/text.ts'

export interface ReadMeanings {
  cosines: (rows: MeaningRows, text: string) => Promise<Float32Array | null>
  close: () => Promise<void>
}

/** For evals: reads texts with the small real model for embeddings, or takes what an earlier run of the same data read of them. */
export async function readMeanings(
  texts: readonly string[],
  { dataDir, report, signal }: Pick<MeasureInput, 'dataDir' | 'report' | 'signal'>,
): Promise<ReadMeanings> {
  report({ stage: 'fetching and starting the model', done: 0, unit: 'models' })
  const engine = await startEmbedding()
  const tenantId = dataDir === null ? 'sample' : basename(dataDir)
  const folder = join(engine.dataDir, '..', 'meaning')
  const embedder = engineEmbedder(engine)
  try {
    const meanings = await readTexts(texts, { folder, tenantId, embedder, report, signal })
    return {
      cosines: (rows, text) => meanings.cosines(tenantId, rows, text),
      close: () => engine.stop(),
    }
  } catch (error) {
    await engine.stop()
    throw error
  }
}

type Progress = Pick<MeasureInput, 'report' | 'signal'>

async function readTexts(
  texts: readonly string[],
  options: { folder: string; tenantId: string; embedder: TextEmbedder } & Progress,
): Promise<Meanings> {
  const { folder, tenantId, embedder, report, signal } = options
  const meanings = new Meanings({
    folder,
    embedder: () => embedder,
    texts: () => listed(texts),
    count: () => Promise.resolve(texts.length),
    // What is measured is the order, not this machine's load.
    patienceMs: 60_000,
    log: silentLogger,
    signal,
  })
  meanings.read(tenantId)
  for (;;) {
    const { state, done, total, problem } = meanings.state(tenantId)
    if (state === 'ready') return meanings
    if (state === 'failed') throw new Error(`The texts could not be embedded: ${problem ?? ''}`)
    report({ stage: 'reading for meaning', done, total, unit: 'texts' })
    await sleep(100, signal)
    signal.throwIfAborted()
  }
}

// oxlint-disable-next-line typescript/require-await -- an async source of plain values
async function* listed(texts: readonly string[]): AsyncIterable<string> {
  yield* texts
}

const startEmbedding = () =>
  startTestEngine({ model: 'e5-small', sequences: 1, contextTokens: 512, prefixCacheMb: 0 })

/** The small real model for embeddings, for what is fitted to its vectors or measured with it. */
export interface TestEmbedder {
  embed: (texts: readonly string[], signal: AbortSignal) => Promise<Float32Array[]>
  meant: (query: string, signal: AbortSignal) => Promise<Meant | null>
  /** Reads the texts of a catalog, or takes what an earlier run read of them; their vectors are kept under its name. */
  read: (texts: readonly string[], options: { name: string } & Progress) => Promise<Pick<Meanings, 'cosines'>>
  close: () => Promise<void>
}

export async function openTestEmbedder(): Promise<TestEmbedder> {
  const engine = await startEmbedding()
  const embedder = engineEmbedder(engine)
  return {
    embed: (texts, signal) => embedder.embed(texts, { signal, tenantId: 'main' }),
    async meant(query, signal) {
      const [vector] = await embedder.embed([asQuery(embedder.name, query)], { signal, tenantId: 'main' })
      return vector === undefined ? null : { model: embedder.name, vector }
    },
    async read(texts, { name, ...progress }) {
      const folder = join(engine.dataDir, '..', 'meaning')
      const meanings = await readTexts(texts, { folder, tenantId: name, embedder, ...progress })
      return { cosines: (_, rows, text) => meanings.cosines(name, rows, text) }
    },
    close: () => engine.stop(),
  }
}

const answerSchema = z.object({ data: z.array(z.object({ embedding: z.string() })) })

function engineEmbedder({ url, model }: { url: string; model: string }): TextEmbedder {
  return {
    name: model,
    async embed(texts, { signal }) {
      const response = await fetch(`${url}/embeddings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ input: texts, encoding_format: 'base64' }),
        signal,
      })
      const { data } = answerSchema.parse(await response.json())
      return data.map(
        ({ embedding }) => new Float32Array(new Uint8Array(Buffer.from(embedding, 'base64')).buffer),
      )
    },
  }
}
