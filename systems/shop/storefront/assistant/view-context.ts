import type { Words } from './words/en.ts'

/** What became of a confirmation; `refused`: accepted, but not possible any more. */
export interface ConfirmationResult {
  state: 'accepted' | 'declined' | 'refused'
  message: string
}

/** What the views of parts need from the element around them. */
export interface ViewContext {
  words: Words
  /** BCP 47, for money and dates. */
  language: string
  nowMs(): number
  /** Where a product's page is; the catalog's own address wins. */
  productUrl(productId: string, url: string | null): string | null
  /** Where a picture is for the page that shows it: the catalog names those on the server by their path. */
  pictureUrl(image: string): string
  /** The shopper opens a product. False when the page takes over (client-side routing). */
  openProduct(productId: string, variantId: string | null): boolean
  ask(message: string): void
  /** Accepts or declines a side effect; resolves to what became of it. */
  confirm(confirmationId: string, accept: boolean): Promise<ConfirmationResult>
  cartUrl: string | null
  /** True in a replay: nothing may act. */
  isReplay: boolean
}
