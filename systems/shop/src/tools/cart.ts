import type { Kysely } from 'kysely'
import type { CartView } from '../domain/answer.ts'
import type { Product } from '../domain/product.ts'
import type { CommerceTables } from '../domain/commerce-tables.ts'

export interface CartLine {
  productId: string
  variantId: string
  quantity: number
}

export async function cartLines(
  db: Kysely<CommerceTables>,
  tenantId: string,
  shopperId: string,
): Promise<CartLine[]> {
  const rows = await db
    .selectFrom('cart_item')
    .where('tenant_id', '=', tenantId)
    .where('shopper_id', '=', shopperId)
    .select(['product_id', 'variant_id', 'quantity'])
    .orderBy('added_at')
    .orderBy('variant_id')
    .execute()
  return rows.map((row) => ({ productId: row.product_id, variantId: row.variant_id, quantity: row.quantity }))
}

/** Sets how many of a variant are in the cart; 0 takes it out. */
export async function setCartLine(
  db: Kysely<CommerceTables>,
  tenantId: string,
  shopperId: string,
  line: CartLine,
  atMs: number,
): Promise<void> {
  if (line.quantity === 0) {
    await db
      .deleteFrom('cart_item')
      .where('tenant_id', '=', tenantId)
      .where('shopper_id', '=', shopperId)
      .where('variant_id', '=', line.variantId)
      .execute()
    return
  }
  await db
    .insertInto('cart_item')
    .values({
      tenant_id: tenantId,
      shopper_id: shopperId,
      variant_id: line.variantId,
      product_id: line.productId,
      quantity: line.quantity,
      added_at: new Date(atMs),
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'shopper_id', 'variant_id']).doUpdateSet({ quantity: line.quantity }),
    )
    .execute()
}

export async function clearCart(
  db: Kysely<CommerceTables>,
  tenantId: string,
  shopperId: string,
): Promise<void> {
  await db
    .deleteFrom('cart_item')
    .where('tenant_id', '=', tenantId)
    .where('shopper_id', '=', shopperId)
    .execute()
}

/**
 * The cart at today's prices. Lines whose product is no longer sold are left out. An empty cart's total is zero of
 * `fallbackCurrency`.
 */
export function viewCart(
  lines: readonly CartLine[],
  products: ReadonlyMap<string, Product>,
  fallbackCurrency: string,
): CartView {
  const items = lines.flatMap((line) => {
    const product = products.get(line.productId)
    const variant = product?.variants.find(({ id }) => id === line.variantId)
    if (product === undefined || variant === undefined) return []
    return [
      {
        productId: product.id,
        variantId: variant.id,
        title: product.title,
        options: variant.options,
        quantity: line.quantity,
        unitPrice: variant.price,
        image: variant.image ?? product.images[0] ?? null,
      },
    ]
  })
  const minor = items.reduce((sum, item) => sum + item.quantity * item.unitPrice.minor, 0)
  return { items, total: { minor, currency: items[0]?.unitPrice.currency ?? fallbackCurrency } }
}
