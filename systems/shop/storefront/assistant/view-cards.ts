import type { ProductCard } from '../../src/domain/answer.ts'
import { h, icon } from './dom.ts'
import { money } from './money.ts'
import type { ViewContext } from './view-context.ts'

const shownAtFirst = 4

/** Products as a list; more than four fold, and two to four of them can be chosen to compare. */
export function cardsView(title: string, cards: ProductCard[], context: ViewContext): HTMLElement {
  const chosen = new Map<string, string>()
  const compare = h('button', {
    type: 'button',
    class: 'button primary',
    hidden: true,
    onclick: () => context.ask(context.words.comparePrompt([...chosen.values()])),
  })
  const choose = (card: ProductCard, isChosen: boolean) => {
    if (isChosen) chosen.set(card.productId, card.title)
    else chosen.delete(card.productId)
    compare.hidden = chosen.size < 2
    compare.textContent = context.words.compareNow(chosen.size)
  }
  const items = cards.map((card, index) =>
    h(
      'li',
      { hidden: index >= shownAtFirst },
      cardView(card, context, cards.length > 1 && !context.isReplay ? choose : null),
    ),
  )
  const hidden = items.slice(shownAtFirst)
  const more =
    hidden.length > 0
      ? h(
          'button',
          {
            type: 'button',
            class: 'button',
            onclick: () => {
              for (const item of hidden) item.hidden = false
              more?.remove()
              hidden[0]?.querySelector('a')?.focus()
            },
          },
          context.words.showMore(hidden.length),
        )
      : null
  return h(
    'section',
    { class: 'block cards', 'aria-label': title },
    title ? h('h3', null, title) : null,
    h('ul', null, ...items),
    h('div', { class: 'row' }, more, compare),
  )
}

function cardView(
  card: ProductCard,
  context: ViewContext,
  choose: ((card: ProductCard, isChosen: boolean) => void) | null,
): HTMLElement {
  const options = Object.values(card.options).join(', ')
  return h(
    'article',
    { class: 'card' },
    pictureView(card.image, context),
    h(
      'div',
      { class: 'card-words' },
      h(
        'a',
        {
          class: 'card-title',
          href: context.productUrl(card.productId, card.url),
          onclick: (event) => {
            if (!context.openProduct(card.productId, card.variantId)) event.preventDefault()
          },
        },
        card.title,
      ),
      h('span', { class: 'fine' }, [card.brand, options].filter(Boolean).join(' · ')),
      h(
        'span',
        { class: 'card-price' },
        h('strong', null, money(card.price, context.language)),
        card.compareAt
          ? h(
              's',
              null,
              h('span', { class: 'hidden' }, `${context.words.before} `),
              money(card.compareAt, context.language),
            )
          : null,
        card.rating ? ratingView(card.rating, context) : null,
        card.inStock ? null : h('span', { class: 'bad' }, context.words.outOfStock),
      ),
      card.reasons.length > 0
        ? h(
            'ul',
            { class: 'reasons' },
            ...card.reasons.map((reason) => h('li', null, icon('m5 10.5 3.5 3.5L15 6.5'), reason)),
          )
        : null,
      card.cautions?.length
        ? h(
            'ul',
            { class: 'cautions' },
            ...card.cautions.map((caution) =>
              h('li', null, icon('M10 3 18 17H2ZM10 8v4M10 14.5v.01'), caution),
            ),
          )
        : null,
    ),
    choose
      ? h(
          'label',
          { class: 'choose' },
          h('input', {
            type: 'checkbox',
            onchange: (event) => choose(card, (event.currentTarget as HTMLInputElement).checked),
          }),
          context.words.compareSelect,
          h('span', { class: 'hidden' }, `: ${card.title}`),
        )
      : null,
  )
}

/** A picture of fixed size, so that nothing moves when it arrives; a plain field when there is none or it fails. */
export function pictureView(image: string | null, context: Pick<ViewContext, 'pictureUrl'>): HTMLElement {
  const frame = h('div', { class: 'picture', 'aria-hidden': 'true' })
  if (image) {
    const picture = h('img', { src: context.pictureUrl(image), alt: '', loading: 'lazy', decoding: 'async' })
    picture.addEventListener('error', () => picture.remove())
    frame.append(picture)
  }
  return frame
}

export function ratingView(rating: { average: number; count: number }, context: ViewContext): HTMLElement {
  const average = rating.average.toFixed(1)
  const count = new Intl.NumberFormat(context.language).format(rating.count)
  return h(
    'span',
    { class: 'rating' },
    // Some feeds state no count.
    h('span', { class: 'hidden' }, rating.count > 0 ? context.words.stars(average, count) : `${average} / 5`),
    h(
      'span',
      { 'aria-hidden': 'true' },
      h('span', { class: 'star' }, '★'),
      rating.count > 0 ? ` ${average} (${count})` : ` ${average}`,
    ),
  )
}
