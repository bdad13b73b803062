import { basename, join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { startTestEngine } from '@heavylift/engine/testing'
import type { TextEmbedder } from '@heavylift/models'
import { z } from 'zod'
import type { Product } from '../../domain/product.ts'
import type { IndexData } from '../../search/index/index-data.ts'
import { Meanings } from '../../search/meaning/meanings.ts'

export interface ReadMeanings {
  cosines: (data: IndexData, text: string) => Promise<Float32Array | null>
  close: () => Promise<void>
}

/** Reads products with the small real model for embeddings, or takes what an earlier run read of them. */
export async function readMeanings(
  products: readonly Product[],
  { dataDir, report, signal }: MeasureInput,
): Promise<ReadMeanings> {
  report({ stage: 'fetching and starting the model', done: 0, unit: 'models' })
  const engine = await startTestEngine({
    model: 'e5-small',
    sequences: 1,
    contextTokens: 512,
    prefixCacheMb: 0,
  })
  const tenantId = dataDir === null ? 'sample' : basename(dataDir)
  const embedder = engineEmbedder(engine)
  const meanings = new Meanings({
    folder: join(engine.dataDir, '..', 'meaning'),
    embedder: () => embedder,
    products: () => listed(products),
    count: () => Promise.resolve(products.length),
    // What is measured is the order, not this machine's load.
    patienceMs: 60_000,
    log: silentLogger,
    signal,
  })
  try {
    meanings.read(tenantId)
    for (;;) {
      const { state, done, total, problem } = meanings.state(tenantId)
      if (state === 'ready') break
      if (state === 'failed') throw new Error(`The products could not be embedded: ${problem ?? ''}`)
      report({ stage: 'reading products for meaning', done, total, unit: 'products' })
      await sleep(500, signal)
    }
  } catch (error) {
    await engine.stop()
    throw error
  }
  return {
    cosines: (data, text) => meanings.cosines(tenantId, data, text),
    close: () => engine.stop(),
  }
}

// oxlint-disable-next-line typescript/require-await -- an async source of plain values
async function* listed(products: readonly Product[]): AsyncIterable<Product> {
  yield* products
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
