import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { askAssistant } from '../assistant.ts'
import { store } from '../api.ts'
import type { ProductPage } from '../api.ts'
import { BuyBox } from '../parts/buy-box.tsx'
import { StoreIcon } from '../parts/icons.tsx'
import { PriceHistory } from '../parts/price-history.tsx'
import { ProductCard } from '../parts/product-card.tsx'
import { Reviews } from '../parts/reviews.tsx'
import { Bones, Ready } from '../parts/states.tsx'
import { device } from '../session.ts'

export default function ProductRoute() {
  const { productId } = useParams({ strict: false }) as { productId: string }
  const product = useQuery({ queryKey: ['product', productId], queryFn: () => store.product(productId) })
  const isThere = product.data !== undefined
  useEffect(() => {
    if (isThere) store.viewed(productId, device).catch(() => undefined)
  }, [productId, isThere])
  return (
    <div className="wrap product" key={productId}>
      <Ready of={product} skeleton={<Bones count={6} kind="line" />}>
        {(page) => <ProductView page={page} />}
      </Ready>
    </div>
  )
}

function ProductView({ page }: { page: ProductPage }) {
  const { product, questions } = page
  const [department, category] = [product.categories[0], product.categories.at(-1)]
  useEffect(() => {
    const name = document.title
    document.title = `${product.title} · ${name}`
    return () => {
      document.title = name
    }
  }, [product.title])
  return (
    <>
      <nav className="crumbs" aria-label="You are here">
        <Link to="/">Home</Link>
        {department ? (
          <Link to="/c/$department" params={{ department }}>
            {department}
          </Link>
        ) : null}
        {department && category && category !== department ? (
          <Link to="/c/$department/$category" params={{ department, category }}>
            {category}
          </Link>
        ) : null}
      </nav>
      <BuyBox product={product}>
        <Pills productId={product.id} />
      </BuyBox>
      <div className="product-more">
        <section>
          <h2>About this product</h2>
          <p className="product-text">{product.description}</p>
          <dl className="facts">
            {Object.entries(product.attributes).map(([name, values]) => (
              <div key={name}>
                <dt>{name.replaceAll('_', ' ')}</dt>
                <dd>{values.join(', ')}</dd>
              </div>
            ))}
          </dl>
        </section>
        <PriceHistory product={product} points={page.priceHistory} />
      </div>
      <Reviews product={product} reviews={page.reviews} />
      {questions.length > 0 ? (
        <section>
          <h2>Questions and answers</h2>
          <ul className="questions">
            {questions.map((question) => (
              <li key={question.id}>
                <h3>{question.question}</h3>
                {question.answers.map((answer) => (
                  <p key={answer.text}>
                    {answer.text} <span className="dim">{answer.author}</span>
                  </p>
                ))}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <Related productId={product.id} />
    </>
  )
}

/** Likely questions; their answers are ready before anyone asks. */
function Pills({ productId }: { productId: string }) {
  const pills = useQuery({ queryKey: ['pills', productId], queryFn: () => store.pills(productId) })
  return (
    <div className="ask-row">
      <h2>
        <StoreIcon name="spark" /> Ask about it
      </h2>
      <ul>
        {(pills.data?.pills ?? []).slice(0, 4).map((pill) => (
          <li key={pill.id}>
            <button type="button" onClick={() => askAssistant(pill.question)}>
              {pill.question}
            </button>
          </li>
        ))}
        <li>
          <button type="button" onClick={() => askAssistant('')}>
            Something else…
          </button>
        </li>
      </ul>
    </div>
  )
}

function Related({ productId }: { productId: string }) {
  const related = useQuery({ queryKey: ['related', productId], queryFn: () => store.related(productId) })
  const products = related.data?.products.slice(0, 5) ?? []
  if (products.length === 0) return null
  return (
    <section>
      <h2>Others looked at</h2>
      <div className="grid">
        {products.map((product) => (
          <ProductCard key={product.id} product={product} />
        ))}
      </div>
    </section>
  )
}
