import type { ReportProgress } from '@heavylift/core'
import { generateSample } from './generate.ts'
import type { SampleOptions } from './generate.ts'

const batchProducts = 100

/** The sample catalog as a JSONL feed, made while it is read. The truth about its reviews stays out of it. */
export function sampleFeed(options: SampleOptions, report: ReportProgress): ReadableStream<Uint8Array> {
  const items = generateSample(options)
  const encoder = new TextEncoder()
  let done = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const lines: string[] = []
      while (lines.length < batchProducts) {
        const next = items.next()
        if (next.done) break
        const { truth: _truth, ...item } = next.value
        lines.push(`${JSON.stringify(item)}\n`)
      }
      if (lines.length === 0) {
        controller.close()
        return
      }
      done += lines.length
      report({ stage: 'making the sample', done, total: options.products, unit: 'products' })
      controller.enqueue(encoder.encode(lines.join('')))
    },
  })
}
