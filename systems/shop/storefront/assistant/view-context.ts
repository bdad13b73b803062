import type { Words } from './words.ts'

/** What the views of parts need from the element around them. */
export interface ViewContext {
  words: Words
  /** BCP 47, for money and dates. */
  language: string
  nowMs(): number
  /** Where a product's page is; the catalog's own address wins. */
  productUrl(productId: string, url: string | null): string | null
  /** The shopper opens a product. False when the page takes over (client-side routing). */
  openProduct(productId: string, variantId: string | null): boolean
  ask(message: string): void
  /** Accepts or declines a side effect; resolves to what the server says was done. */
  confirm(confirmationId: string, accept: boolean): Promise<string>
  cartUrl: string | null
  /** True in a replay: nothing may act. */
  isReplay: boolean
}
