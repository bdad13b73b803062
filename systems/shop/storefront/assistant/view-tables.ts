import type { Comparison, ReviewSummary } from '../../src/domain/answer.ts'
import { h } from './dom.ts'
import { money } from './money.ts'
import { pictureView } from './view-cards.ts'
import type { ViewContext } from './view-context.ts'

/** Two to four products side by side; the first column stays while the table scrolls. */
export function comparisonView(comparison: Comparison, context: ViewContext): HTMLElement {
  const { products, rows } = comparison
  return h(
    'section',
    { class: 'block' },
    h(
      'div',
      {
        class: 'table-frame',
        tabindex: 0,
        role: 'region',
        'aria-label': products.map((product) => product.title).join(', '),
      },
      h(
        'table',
        null,
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            h('td', null),
            ...products.map((product) =>
              h(
                'th',
                { scope: 'col' },
                pictureView(product.image, context),
                h(
                  'a',
                  {
                    href: context.productUrl(product.productId, product.url),
                    onclick: (event) => {
                      if (!context.openProduct(product.productId, product.variantId)) event.preventDefault()
                    },
                  },
                  product.title,
                ),
                h('strong', null, money(product.price, context.language)),
              ),
            ),
          ),
        ),
        h(
          'tbody',
          null,
          ...rows.map((row) =>
            h(
              'tr',
              null,
              h('th', { scope: 'row' }, row.label),
              ...row.values.map((value, index) =>
                h(
                  'td',
                  { class: index === row.best ? 'best' : null },
                  value ?? '–',
                  index === row.best ? h('span', { class: 'tag' }, context.words.best) : null,
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  )
}

/** What reviews say by aspect, with the counts that the bars are drawn from. */
export function reviewSummaryView(summary: ReviewSummary, context: ViewContext): HTMLElement {
  const total = new Intl.NumberFormat(context.language).format(summary.total)
  return h(
    'section',
    { class: 'block reviews' },
    h('h3', null, summary.title),
    h('p', { class: 'fine' }, context.words.reviewsOf(total, summary.average.toFixed(1))),
    h(
      'ul',
      null,
      ...summary.aspects.map((aspect) => {
        const share = (count: number) => `flex-grow:${Math.max(0, count)}`
        const neutral = aspect.mentions - aspect.positive - aspect.negative
        return h(
          'li',
          null,
          h(
            'div',
            { class: 'aspect' },
            h('strong', null, aspect.aspect),
            h(
              'span',
              { class: 'fine' },
              context.words.aspectCounts(aspect.positive, aspect.negative, aspect.mentions),
            ),
          ),
          h(
            'div',
            { class: 'aspect-bar', 'aria-hidden': 'true' },
            h('span', { class: 'positive', style: share(aspect.positive) }),
            h('span', { class: 'neutral', style: share(neutral) }),
            h('span', { class: 'negative', style: share(aspect.negative) }),
          ),
          aspect.quote ? h('q', null, aspect.quote.text) : null,
        )
      }),
    ),
  )
}
