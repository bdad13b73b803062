import type { CartView, ConfirmationRequest, OrderView } from '../../src/domain/answer.ts'
import { h, icon } from './dom.ts'
import { money } from './money.ts'
import { pictureView } from './view-cards.ts'
import type { ViewContext } from './view-context.ts'

/**
 * A side effect that waits for the shopper. Waiting → asking the server → accepted, declined, refused or failed; from failed the
 * shopper may try again (the server does it once at most), every other state is final.
 */
export function confirmationView(request: ConfirmationRequest, context: ViewContext): HTMLElement {
  const state = h('p', { class: 'confirm-state', role: 'status' })
  const buttons = h('div', { class: 'row' })
  const answer = async (accept: boolean) => {
    const all = buttons.querySelectorAll('button')
    for (const button of all) button.disabled = true
    try {
      const result = await context.confirm(request.confirmationId, accept)
      buttons.remove()
      const isDone = result.state === 'accepted'
      state.replaceChildren(
        icon(isDone ? 'm5 10.5 3.5 3.5L15 6.5' : 'm6 6 8 8M14 6l-8 8'),
        result.message || (isDone ? context.words.accepted : context.words.declined),
      )
      state.dataset['state'] = result.state
    } catch (error) {
      for (const button of all) button.disabled = false
      state.textContent = error instanceof Error ? error.message : context.words.failed
      state.dataset['state'] = 'failed'
    }
  }
  const time = new Intl.DateTimeFormat(context.language, { hour: '2-digit', minute: '2-digit' })
  const isExpired = !context.isReplay && request.expiresAtMs <= context.nowMs()
  if (isExpired) state.textContent = context.words.expired
  else {
    buttons.append(
      h(
        'button',
        {
          type: 'button',
          class: 'button primary',
          disabled: context.isReplay,
          onclick: () => void answer(true),
        },
        context.words.accept,
      ),
      h(
        'button',
        { type: 'button', class: 'button', disabled: context.isReplay, onclick: () => void answer(false) },
        context.words.decline,
      ),
    )
  }
  return h(
    'section',
    { class: 'block confirm', 'data-action': request.action },
    h('p', null, request.summary),
    h(
      'p',
      { class: 'fine' },
      [
        request.ceiling ? context.words.atMost(money(request.ceiling, context.language)) : context.words.free,
        context.words.validUntil(time.format(request.expiresAtMs)),
      ].join(' · '),
    ),
    buttons,
    state,
  )
}

export function cartView(cart: CartView, context: ViewContext): HTMLElement {
  return h(
    'section',
    { class: 'block cart' },
    h(
      'ul',
      null,
      ...cart.items.map((item) =>
        h(
          'li',
          { class: 'card' },
          pictureView(item.image, context),
          h(
            'div',
            { class: 'card-words' },
            h('span', { class: 'card-title' }, `${item.quantity} × ${item.title}`),
            h('span', { class: 'fine' }, Object.values(item.options).join(', ')),
          ),
          h(
            'strong',
            null,
            money({ ...item.unitPrice, minor: item.unitPrice.minor * item.quantity }, context.language),
          ),
        ),
      ),
    ),
    h(
      'p',
      { class: 'row spread' },
      h('span', null, `${context.words.total}: `, h('strong', null, money(cart.total, context.language))),
      context.cartUrl ? h('a', { class: 'button', href: context.cartUrl }, context.words.viewCart) : null,
    ),
  )
}

export function orderView(order: OrderView, context: ViewContext): HTMLElement {
  const date = new Intl.DateTimeFormat(context.language, { dateStyle: 'medium' })
  return h(
    'section',
    { class: 'block order' },
    h('h3', null, `${context.words.order} ${order.orderId}`, h('span', { class: 'tag' }, order.status)),
    h('p', { class: 'fine' }, date.format(order.placedAtMs)),
    h(
      'ul',
      null,
      ...order.items.map((item) =>
        h(
          'li',
          { class: 'row spread' },
          h('span', null, `${item.quantity} × ${item.title}`),
          h('span', null, money(item.price, context.language)),
        ),
      ),
    ),
    order.tracking ? h('p', { class: 'fine' }, `${context.words.tracking}: ${order.tracking}`) : null,
    order.actions.length > 0
      ? h(
          'ul',
          { class: 'order-actions' },
          ...order.actions.map((action) =>
            h(
              'li',
              { class: action.allowed ? null : 'fine' },
              `${action.allowed ? '✓' : '–'} ${action.action}: ${action.reason}`,
            ),
          ),
        )
      : null,
  )
}
