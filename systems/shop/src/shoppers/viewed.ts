import type { Product, Variant } from '../domain/product.ts'

/** What a shopper reads of something they saw: its title, and which of its variants where there are several. */
export function viewedText(verb: 'Saw' | 'Looked at', product: Product, variantId: string | null): string {
  const variant = product.variants.find(({ id }) => id === variantId)
  const which = variant && product.variants.length > 1 ? optionsOf(variant) : ''
  return `${verb} ${product.title}${which ? ` (${which})` : ''}`
}

/** The variant that such a text names; null where it names none of the product's, or the product has but one. */
export function viewedVariant(product: Product, text: string): string | null {
  const named = product.variants.filter((variant) => {
    const which = optionsOf(variant)
    return which !== '' && text.endsWith(`(${which})`)
  })
  return named.length === 1 ? (named[0]?.id ?? null) : null
}

const optionsOf = ({ options }: Variant): string => Object.values(options).join(', ')
