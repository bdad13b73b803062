import type { Evidence } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'

/** What a model chose, of what it was given. */
export interface Choice {
  fits: readonly Product[]
  /** Where nothing fits. */
  near: readonly Product[]
  lines: readonly Evidence[]
  /** What the store lacks, as the model calls it. */
  missing: string
}
