import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { sampleFeed } from '../../samples/sample-feed.ts'

/** Reviews and price histories of a sample written to a file end on this day, so that the file can be made again. */
const asOfMs = Date.UTC(2026, 5, 1)

function wholeNumber(
  value: string | boolean | undefined,
  name: string,
  fallback: number,
  most: number,
): number {
  if (value === undefined) return fallback
  const number = Number(value)
  if (typeof value === 'string' && Number.isInteger(number) && number >= 1 && number <= most) return number
  throw new InvalidInputError({
    code: 'option-invalid',
    message: `--${name} is a whole number from 1 to ${most}; got "${value}".`,
  })
}

/** `heavylift shop sample`: writes a generated catalog as a JSONL feed. */
export async function runSample({ options, report, print, signal }: CommandInput) {
  const products = wholeNumber(options['products'], 'products', 5_000, 1_000_000)
  const seed = wholeNumber(options['seed'], 'seed', 7, 2 ** 31)
  const out = typeof options['out'] === 'string' ? options['out'] : 'sample.jsonl'
  const feed = sampleFeed({ products, seed, asOfMs }, report)
  await pipeline(Readable.fromWeb(feed as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(out), {
    signal,
  })
  print(`${products} products are in ${out}. Import them with: heavylift shop import ${out}`)
  return { products, seed, out }
}
