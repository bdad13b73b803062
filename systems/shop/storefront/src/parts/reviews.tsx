import { useState } from 'react'
import type { Product, Review } from '../../../src/domain/product.ts'
import { Stars } from './product-card.tsx'

const shownAtFirst = 5

export function Reviews({ product, reviews }: { product: Product; reviews: Review[] }) {
  const [rating, setRating] = useState<number | null>(null)
  const [isAll, setIsAll] = useState(false)
  if (!product.rating) return null
  const chosen = reviews.filter((review) => rating === null || review.rating === rating)
  const shown = isAll ? chosen : chosen.slice(0, shownAtFirst)
  const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' })
  return (
    <section id="reviews">
      <h2>What customers say</h2>
      <div className="reviews">
        <div className="review-sum">
          <Stars rating={product.rating} />
          <ul>
            {[5, 4, 3, 2, 1].map((stars) => {
              const count = reviews.filter((review) => review.rating === stars).length
              return (
                <li key={stars}>
                  <button
                    type="button"
                    aria-pressed={rating === stars}
                    onClick={() => setRating(rating === stars ? null : stars)}
                  >
                    <span>{stars} ★</span>
                    <span className="share">
                      <span style={{ width: `${(count / Math.max(1, reviews.length)) * 100}%` }} />
                    </span>
                    <span className="dim">{count}</span>
                  </button>
                </li>
              )
            })}
          </ul>
        </div>
        <div>
          <ul className="review-list">
            {shown.map((review) => (
              <li key={review.id}>
                <p className="review-head">
                  <span className="hidden">{review.rating} of 5 stars</span>
                  <span aria-hidden="true" className="review-stars">
                    {'★'.repeat(review.rating)}
                    <span>{'★'.repeat(5 - review.rating)}</span>
                  </span>
                  <strong>{review.title}</strong>
                </p>
                <p>{review.text}</p>
                <p className="dim">
                  {review.author} · {day.format(review.atMs)}
                  {review.verified ? ' · bought here' : ''}
                </p>
              </li>
            ))}
          </ul>
          {chosen.length > shown.length ? (
            <button type="button" className="button" onClick={() => setIsAll(true)}>
              Show {chosen.length - shown.length} more
            </button>
          ) : null}
        </div>
      </div>
    </section>
  )
}
