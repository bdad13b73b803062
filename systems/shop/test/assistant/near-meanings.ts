import { meaningKey } from '@heavylift/models/meaning'
import type { Product } from '../../src/domain/product.ts'
import type { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { meaningText } from '../../src/search/meaning-text.ts'

/** Meanings by which a text is as near to some goods as `cosineOf` tells, by id, and nearly alike to those of which it tells nothing. */
export function nearMeanings(
  products: readonly Product[],
  cosineOf: (text: string) => Readonly<Record<string, number>>,
): NonNullable<Parameters<typeof openMemoryStore>[0]['meanings']> {
  const keyOf = (one: Product) => meaningKey(meaningText(one)).toString('hex')
  const ids = new Map(products.map((one) => [keyOf(one), one.id]))
  const size = meaningKey('').length
  return {
    cosines: (_, { meaningKeys }, text) =>
      Promise.resolve(
        Float32Array.from({ length: meaningKeys.length / size }, (_, row) => {
          const key = Buffer.from(meaningKeys.subarray(row * size, (row + 1) * size)).toString('hex')
          return cosineOf(text)[ids.get(key) ?? ''] ?? 0.8 + row / 10_000
        }),
      ),
  }
}
