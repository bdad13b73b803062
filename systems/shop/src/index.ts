// A new export here becomes public API; named exports, not wildcards.
export { shop } from './system.ts'
export { shopConfig } from './config.ts'
export type { ShopConfig } from './config.ts'
export type { Product, Variant, Review, Question, PricePoint, Money, Service } from './domain/product.ts'
export type { Catalog, ProductSearch } from './domain/ports.ts'
