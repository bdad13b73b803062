import type { AnswerPart, Citation, ConstraintChip } from '../../src/domain/answer.ts'
import { h } from './dom.ts'
import { readText } from './rich-text.ts'
import type { TextPiece } from './rich-text.ts'
import { cartView, confirmationView, orderView } from './view-actions.ts'
import { cardsView } from './view-cards.ts'
import type { ViewContext } from './view-context.ts'
import { priceHistoryView } from './view-price-history.ts'
import { comparisonView, reviewSummaryView } from './view-tables.ts'

/**
 * One answer as it forms. Each part shows as it arrives; a part with the `id` of an earlier one takes its place.
 * Forming → finished or failed; nothing is applied after that but a new `start`.
 */
export class AnswerView {
  readonly element = h('div', { class: 'answer', 'aria-busy': 'true' })
  readonly #context: ViewContext
  readonly #status = h('p', { class: 'status', role: 'status' })
  readonly #blocks = new Map<string, HTMLElement>()
  readonly #texts = new Map<string, string>()
  readonly #citations = new Map<number, Citation>()
  readonly #sources: HTMLDetailsElement
  #onRetry: (() => void) | null = null

  constructor(context: ViewContext) {
    this.#context = context
    this.#sources = h('details', { class: 'sources', hidden: true })
    this.element.append(this.#status)
  }

  /** Called when the shopper wants a failed answer once more. */
  set onRetry(retry: () => void) {
    this.#onRetry = retry
  }

  apply(part: AnswerPart): void {
    // What was found first gives way to the answer.
    if (!('transient' in part)) this.#place('first-finds', null)
    switch (part.type) {
      case 'data-status':
        this.#status.replaceChildren(h('span', { class: 'spinner', 'aria-hidden': 'true' }), part.data.text)
        return
      case 'data-first-finds':
        this.#place(part.id, cardsView(part.data.title, part.data.cards, this.#context))
        return
      case 'data-understanding':
        this.#place('understanding', this.#chips(part.data.constraints, part.data.relaxed))
        return
      case 'data-products':
        this.#place(part.id, cardsView(part.data.title, part.data.cards, this.#context))
        return
      case 'data-comparison':
        this.#place(part.id, comparisonView(part.data, this.#context))
        return
      case 'data-review-summary':
        this.#place(part.id, reviewSummaryView(part.data, this.#context))
        return
      case 'data-price-history':
        this.#place(part.id, priceHistoryView(part.data, this.#context))
        return
      case 'data-order':
        this.#place(part.id, orderView(part.data, this.#context))
        return
      case 'data-confirmation':
        this.#place(part.id, confirmationView(part.data, this.#context))
        return
      case 'data-cart':
        this.#place(part.id, cartView(part.data, this.#context))
        return
      case 'data-citation':
        this.#citations.set(part.data.number, part.data)
        this.#drawSources()
        return
      case 'data-pills':
        this.#place('pills', pillsView(part.data.pills, this.#context))
        return
      case 'text-start':
        this.#texts.set(part.id, '')
        return
      case 'text-delta':
        this.#texts.set(part.id, (this.#texts.get(part.id) ?? '') + part.delta)
        this.#drawText(part.id)
        return
      case 'error':
        this.fail(part.errorText)
        return
      case 'finish':
        this.finish()
        return
      default:
        // `start`, `text-end`, and part types that a newer server may send.
        return
    }
  }

  /** Ends the answer; screen readers then read it as a whole. */
  finish(): void {
    this.#status.remove()
    this.element.removeAttribute('aria-busy')
  }

  fail(message: string): void {
    this.finish()
    const retry = this.#onRetry
    this.#place(
      'error',
      h(
        'div',
        { class: 'error', role: 'alert' },
        h('p', null, message),
        retry
          ? h('button', { type: 'button', class: 'button', onclick: retry }, this.#context.words.retry)
          : null,
      ),
    )
  }

  /** Adds a block, or puts it in the place of the one with the same id. Sources stay last before pills. */
  #place(id: string, block: HTMLElement | null): void {
    const before = this.#blocks.get(id)
    if (!block) {
      before?.remove()
      this.#blocks.delete(id)
      return
    }
    this.#blocks.set(id, block)
    if (before) before.replaceWith(block)
    else if (this.#status.parentNode === this.element) this.#status.before(block)
    else this.element.append(block)
  }

  #chips(constraints: ConstraintChip[], relaxed: ConstraintChip[]): HTMLElement | null {
    if (constraints.length === 0 && relaxed.length === 0) return null
    const words = this.#context.words
    return h(
      'ul',
      { class: 'chips', 'aria-label': words.lookingFor },
      ...constraints.map((chip) => h('li', null, chip.label)),
      ...relaxed.map((chip) =>
        h('li', { class: 'relaxed' }, h('s', null, chip.label), h('span', null, ` ${words.leftOut}`)),
      ),
    )
  }

  #drawText(id: string): void {
    const blocks = readText(this.#texts.get(id) ?? '')
    const nodes: HTMLElement[] = []
    let list: HTMLElement | null = null
    for (const block of blocks) {
      const pieces = block.pieces.map((piece) => this.#piece(piece))
      if (block.kind === 'item') {
        list ??= h('ul', null)
        if (!nodes.includes(list)) nodes.push(list)
        list.append(h('li', null, ...pieces))
      } else {
        list = null
        nodes.push(h('p', null, ...pieces))
      }
    }
    const key = `text:${id}`
    let frame = this.#blocks.get(key)
    if (!frame) {
      frame = h('div', { class: 'text' })
      this.#place(key, frame)
    }
    frame.replaceChildren(...nodes)
  }

  #piece(piece: TextPiece): Node | string {
    if (piece.kind === 'text') return piece.text
    if (piece.kind === 'strong') return h('strong', null, piece.text)
    const { number } = piece
    return h(
      'button',
      {
        type: 'button',
        class: 'citation',
        'aria-label': `${this.#context.words.sources(1)} ${number}`,
        onclick: () => {
          this.#sources.open = true
          const target = this.#sources.querySelector<HTMLElement>(`[data-number="${number}"]`)
          target?.focus()
          target?.scrollIntoView({ block: 'nearest' })
        },
      },
      String(number),
    )
  }

  #drawSources(): void {
    const words = this.#context.words
    const list = Array.from(this.#citations.values()).toSorted((a, b) => a.number - b.number)
    this.#sources.replaceChildren(
      h('summary', null, words.sources(list.length)),
      h(
        'ol',
        null,
        ...list.map((citation) => {
          const { source } = citation
          const productId = 'productId' in source ? source.productId : null
          const href =
            source.kind === 'page' ? source.url : productId ? this.#context.productUrl(productId, null) : null
          return h(
            'li',
            { 'data-number': citation.number, tabindex: -1 },
            h('span', { class: 'source-number' }, String(citation.number)),
            h(
              'span',
              null,
              h('q', null, citation.quote),
              ' ',
              href
                ? h(
                    'a',
                    {
                      href,
                      ...(source.kind === 'page' ? { target: '_blank', rel: 'noreferrer noopener' } : {}),
                      onclick: (event: Event) => {
                        if (productId && !this.#context.openProduct(productId, null)) event.preventDefault()
                      },
                    },
                    words.sourceKinds[source.kind],
                  )
                : h('span', { class: 'fine' }, words.sourceKinds[source.kind]),
            ),
          )
        }),
      ),
    )
    this.#sources.hidden = list.length === 0
    if (!this.#blocks.has('sources')) this.#place('sources', this.#sources)
  }
}

/** Questions that one press asks. */
export function pillsView(pills: string[], context: ViewContext): HTMLElement | null {
  if (pills.length === 0) return null
  return h(
    'ul',
    { class: 'pills' },
    ...pills.map((pill) =>
      h(
        'li',
        null,
        h('button', { type: 'button', disabled: context.isReplay, onclick: () => context.ask(pill) }, pill),
      ),
    ),
  )
}
