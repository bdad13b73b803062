import { createHash } from 'node:crypto'
import type { Product } from '../../domain/product.ts'

/**
 * Changes when anything of a product that an answer may show changes (price, stock, rating, text), or the way that answers
 * are written (`answerVersion`).
 */
export function fingerprint(product: Product, answerVersion: string): string {
  return createHash('sha256')
    .update(`${answerVersion}\u0000${JSON.stringify(product)}`)
    .digest('base64url')
    .slice(0, 16)
}
