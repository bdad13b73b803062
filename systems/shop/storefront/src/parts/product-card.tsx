import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { CSSProperties } from 'react'
import type { Product } from '../../../src/domain/product.ts'
import { hasPriceRange, money, shownVariant } from '../money.ts'

export function ProductCard({ product }: { product: Product }) {
  const variant = shownVariant(product)
  if (!variant) return null
  const colours = new Set(product.variants.map((each) => each.options['color']).filter(Boolean)).size
  const isSoldOut = product.variants.every((each) => each.stock === 0)
  return (
    <article className="product-card">
      <Link to="/p/$productId" params={{ productId: product.id }}>
        <div className="product-picture">
          <Picture src={variant.image ?? product.images[0] ?? null} />
          {variant.compareAt ? (
            <span className="badge">
              −{Math.round((1 - variant.price.minor / variant.compareAt.minor) * 100)} %
            </span>
          ) : null}
        </div>
        <span className="product-brand">{product.brand}</span>
        <h3>{product.title}</h3>
      </Link>
      <p className="price">
        {hasPriceRange(product) ? <small>from </small> : null}
        <strong data-sale={variant.compareAt ? true : undefined}>{money(variant.price)}</strong>
        {variant.compareAt ? (
          <s>
            <span className="hidden">before </span>
            {money(variant.compareAt)}
          </s>
        ) : null}
      </p>
      <p className="product-facts">
        {product.rating ? <Stars rating={product.rating} /> : <span>No reviews yet</span>}
        {isSoldOut ? (
          <span className="warn">Sold out</span>
        ) : colours > 1 ? (
          <span>{colours} colours</span>
        ) : null}
      </p>
    </article>
  )
}

/** The first of some pictures that can be had; a plain field where there is none. */
export function Picture({ src, eager = false }: { src: string | readonly string[] | null; eager?: boolean }) {
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set())
  const shown = [src ?? []].flat().find((each) => !failed.has(each))
  return shown === undefined ? (
    <div className="no-picture" />
  ) : (
    <img
      key={shown}
      src={shown}
      alt=""
      width="400"
      height="400"
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
      onError={() => setFailed(new Set([...failed, shown]))}
    />
  )
}

export function Stars({ rating }: { rating: { average: number; count: number } }) {
  const average = rating.average.toFixed(1)
  return (
    <span className="stars">
      <span className="hidden">
        {average} of 5 stars{rating.count > 0 ? ` from ${rating.count} reviews` : ''}
      </span>
      <span aria-hidden="true">
        <span className="star-row" style={{ '--share': `${(rating.average / 5) * 100}%` } as CSSProperties}>
          ★★★★★
        </span>{' '}
        {average}
        {/* Some feeds state no count. */}
        {rating.count > 0 && <span className="dim"> ({rating.count.toLocaleString('en')})</span>}
      </span>
    </span>
  )
}
