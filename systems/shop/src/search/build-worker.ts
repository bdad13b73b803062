import { parentPort, workerData } from 'node:worker_threads'
import type { Product } from '../domain/product.ts'
import { languageOf } from '../language/language.ts'
import type { LanguageCode } from '../language/languages.ts'
import { changedIndex, IndexBuilder } from './index/index-data.ts'
import { readIndex, writeIndex } from './index-files.ts'

/** What the thread is started with. */
export interface BuildTask {
  /** Where to write the index. */
  target: string
  /** An index to start from, or null to start from nothing. */
  base: string | null
  removedIds: readonly string[]
  language: LanguageCode
}

/** To the thread: products in batches, then the end. */
export type BuildInput = { kind: 'products'; products: Product[] } | { kind: 'end' }

/** From the thread: `took` after each batch, `done` when the index is on disk. Failures end the thread. */
export type BuildOutput = { kind: 'took'; count: number } | { kind: 'done' }

/** Reading text and sorting postings would hold up the server's answers, so a build has a thread of its own. */
function listen(port: NonNullable<typeof parentPort>, task: BuildTask): void {
  const language = languageOf(task.language)
  const builder = task.base === null ? new IndexBuilder(language) : null
  const upserts: Product[] = []
  const finish = async (): Promise<void> => {
    const base = task.base === null ? null : await readIndex(task.base, task.language)
    // It was there when the build was asked for.
    if (task.base !== null && base === null) throw new Error(`The index at ${task.base} is gone.`)
    const data = base === null ? builder?.finish() : changedIndex(base, upserts, task.removedIds, language)
    if (data === undefined) return
    await writeIndex(task.target, data, task.language)
    port.postMessage({ kind: 'done' } satisfies BuildOutput)
  }
  port.on('message', (input: BuildInput) => {
    if (input.kind === 'products') {
      for (const product of input.products) {
        if (builder === null) upserts.push(product)
        else builder.add(product)
      }
      port.postMessage({ kind: 'took', count: input.products.length } satisfies BuildOutput)
      return
    }
    finish().catch((error: unknown) => {
      // Thrown outside the promise, so that the main thread hears of it as the worker's `error`.
      setImmediate(() => {
        throw error
      })
    })
  })
}

if (parentPort !== null) listen(parentPort, workerData as BuildTask)
