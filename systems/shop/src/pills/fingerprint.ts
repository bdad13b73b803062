import { createHash } from 'node:crypto'
import type { Product } from '../domain/product.ts'

/** Changes when anything of a product that an answer may show changes: price, stock, rating, text. */
export function fingerprint(product: Product): string {
  return createHash('sha256').update(JSON.stringify(product)).digest('base64url').slice(0, 16)
}
