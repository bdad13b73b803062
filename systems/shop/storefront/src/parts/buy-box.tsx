import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Product, Service, Variant } from '../../../src/domain/product.ts'
import { store } from '../api.ts'
import { noPrice } from '../../../src/domain/money.ts'
import { money, shownVariant } from '../money.ts'
import { StoreIcon } from './icons.tsx'
import { Picture, Stars } from './product-card.tsx'

const services: Record<Service, { label: string; icon: 'truck' | 'bolt' | 'coin' | 'shield' }> = {
  'free-shipping': { label: 'Free shipping', icon: 'truck' },
  'flash-sale': { label: 'Flash sale', icon: 'bolt' },
  'cash-on-delivery': { label: 'Cash on delivery', icon: 'coin' },
  'official-store': { label: 'Sold by the brand’s official store', icon: 'shield' },
}

/** Pictures, price, options and the basket button. Choosing an option keeps the others where such a variant exists. */
export function BuyBox({ product, children }: { product: Product; children: ReactNode }) {
  const asked = (useSearch({ strict: false }) as { variant?: string }).variant
  const [variantId, setVariantId] = useState(
    () => product.variants.find((each) => each.id === asked)?.id ?? shownVariant(product)?.id,
  )
  const variant = product.variants.find((each) => each.id === variantId) ?? product.variants[0]
  const [picture, setPicture] = useState<string | null>(null)
  if (!variant) return null
  const shown = picture ?? variant.image ?? product.images[0] ?? null
  const choose = (next: Variant) => {
    setVariantId(next.id)
    setPicture(null)
  }
  return (
    <div className="buy">
      <div className="gallery">
        <div className="gallery-main">
          <Picture src={shown} eager />
        </div>
        {product.images.length > 1 ? (
          <ul>
            {product.images.map((image, index) => (
              <li key={image}>
                <button
                  type="button"
                  aria-label={`Picture ${index + 1} of ${product.images.length}`}
                  aria-pressed={image === shown}
                  onClick={() => setPicture(image)}
                >
                  <Picture src={image} eager />
                </button>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      <div className="buy-words">
        {product.brand ? <span className="product-brand">{product.brand}</span> : null}
        <h1>{product.title}</h1>
        {product.rating ? (
          <a href="#reviews" className="rating-link">
            <Stars rating={product.rating} />
          </a>
        ) : null}
        <p className="price big">
          <strong data-sale={variant.compareAt ? true : undefined}>{money(variant.price)}</strong>
          {variant.compareAt ? (
            <s>
              <span className="hidden">before </span>
              {money(variant.compareAt)}
            </s>
          ) : null}
        </p>
        <Options product={product} variant={variant} choose={choose} />
        <AddToBasket key={variant.id} product={product} variant={variant} />
        {product.services.length > 0 ? (
          <ul className="services">
            {product.services.map((service) => (
              <li key={service}>
                <StoreIcon name={services[service].icon} /> {services[service].label}
              </li>
            ))}
          </ul>
        ) : null}
        {children}
      </div>
    </div>
  )
}

function Options({
  product,
  variant,
  choose,
}: {
  product: Product
  variant: Variant
  choose: (variant: Variant) => void
}) {
  const names = [...new Set(product.variants.flatMap((each) => Object.keys(each.options)))]
  return names.map((name) => {
    const values = [...new Set(product.variants.flatMap((each) => each.options[name] ?? []))]
    return (
      <fieldset key={name} className="option">
        <legend>
          {name}: <strong>{variant.options[name]}</strong>
        </legend>
        <div>
          {values.map((value) => {
            const fits = closest(product.variants, { ...variant.options, [name]: value }, name)
            const isOut = fits?.stock === 0
            return (
              <button
                key={value}
                type="button"
                aria-pressed={variant.options[name] === value}
                data-out={isOut || undefined}
                data-picture={name === 'color' || undefined}
                onClick={() => fits && choose(fits)}
              >
                {name === 'color' && fits?.image ? <Picture src={fits.image} eager /> : null}
                <span>{value}</span>
                {isOut ? <span className="hidden">, sold out</span> : null}
              </button>
            )
          })}
        </div>
      </fieldset>
    )
  })
}

/** The variant with the wanted value of `name` that shares most of the other options. */
function closest(variants: readonly Variant[], wanted: Record<string, string>, name: string): Variant | null {
  const shared = (variant: Variant) =>
    Object.entries(wanted).filter(([each, value]) => variant.options[each] === value).length
  return (
    variants
      .filter((variant) => variant.options[name] === wanted[name])
      .toSorted((a, b) => shared(b) - shared(a))[0] ?? null
  )
}

function AddToBasket({ product, variant }: { product: Product; variant: Variant }) {
  const client = useQueryClient()
  const [quantity, setQuantity] = useState(1)
  const add = useMutation({
    mutationFn: async () => {
      const cart = await store.cart()
      const has = cart.items.find((item) => item.variantId === variant.id)?.quantity ?? 0
      return store.setQuantity(product.id, variant.id, Math.min(99, has + quantity))
    },
    onSuccess: (cart) => client.setQueryData(['cart'], cart),
  })
  const { stock } = variant
  if (variant.price.currency === noPrice.currency)
    return <p className="stock">The store states no price here. Ask it for one.</p>
  if (stock === 0)
    return <p className="warn">This one is sold out. Choose another option, or ask for an alert.</p>
  return (
    <div className="add">
      <p className="stock">
        <StoreIcon name="check" />
        {stock !== null && stock <= 5 ? `Only ${stock} left` : 'In stock'}
      </p>
      <div className="add-row">
        <label>
          <span className="hidden">How many</span>
          <select value={quantity} onChange={(event) => setQuantity(Number(event.currentTarget.value))}>
            {Array.from({ length: Math.min(10, stock ?? 10) }, (_, index) => (
              <option key={index}>{index + 1}</option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="button primary wide"
          disabled={add.isPending}
          onClick={() => add.mutate()}
        >
          Add to basket
        </button>
      </div>
      <p role="status" className="added">
        {add.isSuccess ? (
          <>
            <StoreIcon name="check" /> In your basket. <Link to="/basket">View basket</Link>
          </>
        ) : null}
        {add.isError ? <span className="warn">{add.error.message}</span> : null}
      </p>
    </div>
  )
}
