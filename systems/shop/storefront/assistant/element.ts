import { randomId } from '@heavylift/core/text'
import type { AnswerPart } from '../../src/domain/answer.ts'
import { AnswerView, pillsView } from './answer-view.ts'
import { AssistantClient } from './client.ts'
import { h, icon } from './dom.ts'
import { compact, loadConversation, saveConversation } from './history.ts'
import type { SavedConversation, Turn } from './history.ts'
import { money } from './money.ts'
import { answerStyles } from './styles-answer.ts'
import { panelStyles } from './styles-panel.ts'
import { pictureView } from './view-cards.ts'
import type { ViewContext } from './view-context.ts'
import type { Words } from './words/en.ts'
import { wordsOf } from './words/words-of.ts'

const tokenKey = 'heavylift.shopper'
/** Whose token it is, when it is a signed-in customer's. */
const customerKey = 'heavylift.customer'

/** Where the panel is a sheet over the page. */
function isPhone(): boolean {
  return matchMedia('(max-width: 899px)').matches
}

/** From the `<script src=… data-key=…>` that loaded this file. */
export interface ScriptSettings {
  server: string
  key: string | null
}

let settings: ScriptSettings = { server: '', key: null }

export function useScriptSettings(from: ScriptSettings): void {
  settings = from
}

/** On the store's own pages a path of the server is none of theirs. */
function pictureUrl(image: string): string {
  return new URL(image, settings.server || document.baseURI).href
}

function storage(kind: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return globalThis[kind]
  } catch {
    return null
  }
}

/**
 * `<heavylift-assistant>`: a button, and a panel that stands beside the page (a sheet on phones).
 *
 * Attributes: `product-id` (the page being looked at), `product-href` (`/p/{id}`), `cart-href`, `starters` (questions
 * separated by `|`), `language`, `device`, `experiment` (present: stays away from shoppers of the control arm).
 * Events, all bubbling: `heavylift-product` (cancel it to route by yourself), `heavylift-confirmed`, `heavylift-toggle`.
 */
export class HeavyliftAssistant extends HTMLElement {
  static observedAttributes = ['product-id', 'customer-id', 'customer-proof']

  #words: Words | null = null
  #root: ShadowRoot
  #client: AssistantClient
  #saved: SavedConversation
  #abort: AbortController | null = null
  #isOpen = false
  #isBuilt = false
  #launcher = h('button', { type: 'button', class: 'launcher', part: 'launcher', 'aria-expanded': 'false' })
  #panel = h('section', {
    class: 'panel',
    part: 'panel',
    role: 'dialog',
    'aria-modal': 'false',
    hidden: true,
  })
  #log = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', tabindex: 0 })
  #context = h('div', { class: 'context', hidden: true })
  #input = h('textarea', { rows: 1, maxlength: 2000, enterkeyhint: 'send' })
  #send = h('button', { type: 'submit', class: 'send' })

  constructor() {
    super()
    this.#root = this.attachShadow({ mode: 'open' })
    this.#saved = loadConversation(storage('sessionStorage'))
    this.#client = new AssistantClient({
      ...settings,
      token: () => storage('localStorage')?.getItem(tokenKey) ?? null,
      saveToken: (token) => {
        const local = storage('localStorage')
        local?.setItem(tokenKey, token)
        const customerId = this.getAttribute('customer-id')
        if (customerId) local?.setItem(customerKey, customerId)
        else local?.removeItem(customerKey)
      },
      customer: () => {
        const id = this.getAttribute('customer-id')
        return id ? { id, proof: this.getAttribute('customer-proof') } : null
      },
      tokenOf: () => storage('localStorage')?.getItem(customerKey) ?? null,
      words: () => this.words,
    })
  }

  /** What it says itself, in its language; a store may set its own. */
  get words(): Words {
    return this.#words ?? wordsOf(this.#language())
  }

  set words(words: Words) {
    this.#words = words
  }

  connectedCallback(): void {
    if (!this.#isBuilt) this.#build()
    void this.#showIfAssigned()
  }

  disconnectedCallback(): void {
    this.#abort?.abort()
    this.#dock(false)
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (name !== 'product-id') {
      // What was said to one customer is not shown to the next.
      if (name === 'customer-id' && before !== null && before !== after && this.#isBuilt) this.restart()
      return
    }
    if (before !== after && this.#isBuilt && this.#isOpen) void this.#showContext()
  }

  /**
   * Says who is signed in: the store's id of the customer, and HMAC-SHA-256 of it with the identity secret (base64url), made on
   * the store's own server. The same customer is the same shopper on every device. `null` signs out.
   */
  identify(customer: { id: string; proof: string } | null): void {
    if (customer === null) {
      this.removeAttribute('customer-proof')
      this.removeAttribute('customer-id')
      return
    }
    this.setAttribute('customer-proof', customer.proof)
    this.setAttribute('customer-id', customer.id)
  }

  /** Opens the panel and moves the focus into it. */
  open(): void {
    this.#toggle(true)
    this.#input.focus({ preventScroll: true })
  }

  close(): void {
    this.#toggle(false)
    this.#launcher.focus({ preventScroll: true })
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Asks as if the shopper had typed it; resolves when the answer is complete. */
  async ask(message: string): Promise<void> {
    if (message.trim() === '') return
    if (!this.#isOpen) this.open()
    const productId = this.getAttribute('product-id')
    const messageId = randomId()
    await this.#answer(message, (signal) =>
      this.#chat(
        {
          conversationId: this.#saved.conversationId,
          message,
          messageId,
          ...(productId ? { page: { productId } } : {}),
          ...(this.getAttribute('device') ? { device: this.getAttribute('device') ?? '' } : {}),
        },
        signal,
      ),
    )
  }

  /** Forgets this conversation on this page (the shopper's memory stays until they delete it). */
  restart(): void {
    this.#abort?.abort()
    storage('sessionStorage')?.removeItem('heavylift.conversation')
    this.#saved = { ...loadConversation(null), isOpen: this.#isOpen }
    this.#log.replaceChildren()
    this.#greet()
    this.#input.focus()
  }

  async *#chat(
    request: Parameters<AssistantClient['chat']>[0],
    signal: AbortSignal,
  ): AsyncGenerator<AnswerPart> {
    await this.#client.ensureShopper()
    yield* this.#client.chat(request, signal)
  }

  async #showIfAssigned(): Promise<void> {
    if (this.hasAttribute('experiment')) {
      try {
        await this.#client.ensureShopper()
        if ((await this.#client.assignment()) === 'off') return
      } catch {
        // An assistant that cannot ask stays away: a shopper must not count for the wrong arm.
        return
      }
    }
    this.#launcher.hidden = false
    // A sheet over the page that was just opened would hide it; a panel stands beside it.
    if (this.#saved.isOpen && !isPhone()) this.#toggle(true)
  }

  #build(): void {
    this.#isBuilt = true
    const { words } = this
    const styles = new CSSStyleSheet()
    styles.replaceSync(panelStyles + answerStyles)
    this.#root.adoptedStyleSheets = [styles]

    this.#launcher.hidden = true
    this.#launcher.append(icon('M4 5h12v8H9l-4 3v-3H4z'), words.open)
    this.#launcher.addEventListener('click', () => this.open())

    this.#panel.setAttribute('aria-label', words.title)
    this.#input.setAttribute('aria-label', words.placeholder)
    this.#input.placeholder = words.placeholder
    this.#showBusy(false)
    const form = h(
      'form',
      {
        class: 'ask',
        onsubmit: (event) => {
          event.preventDefault()
          this.#submit()
        },
      },
      this.#input,
      this.#send,
    )
    this.#input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault()
        this.#submit()
      }
    })
    this.#panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      if (this.#abort) this.#abort.abort()
      else this.close()
    })
    this.#panel.append(
      // No `header`: to readers it would be a second one of the page.
      h(
        'div',
        { class: 'panel-head' },
        h('strong', null, words.title),
        h(
          'button',
          {
            type: 'button',
            class: 'plain',
            title: words.restart,
            'aria-label': words.restart,
            onclick: () => this.restart(),
          },
          icon('M4 10a6 6 0 1 0 2-4.500L4 7.500M4 3.500v4h4'),
        ),
        h(
          'button',
          {
            type: 'button',
            class: 'plain',
            title: words.close,
            'aria-label': words.close,
            onclick: () => this.close(),
          },
          icon('m5 5 10 10M15 5 5 15'),
        ),
      ),
      this.#context,
      this.#log,
      form,
    )
    this.#root.append(this.#launcher, this.#panel)
    for (const turn of this.#saved.turns) this.#replay(turn)
    if (this.#saved.turns.length === 0) this.#greet()
  }

  #submit(): void {
    if (this.#abort) {
      this.#abort.abort()
      return
    }
    const message = this.#input.value.trim()
    if (message === '') return
    this.#input.value = ''
    void this.ask(message)
  }

  #greet(): void {
    const starters = (this.getAttribute('starters') ?? '')
      .split('|')
      .map((each) => each.trim())
      .filter(Boolean)
    this.#log.append(
      h(
        'div',
        { class: 'greeting' },
        h('h2', null, this.words.greeting),
        h('p', null, this.words.hint),
        pillsView(starters, this.#viewContext()),
      ),
    )
  }

  /** The product that the shopper looks at, with its price (on a phone the sheet lies over the page's), and its questions. */
  async #showContext(): Promise<void> {
    const productId = this.getAttribute('product-id')
    if (!productId) {
      this.#context.hidden = true
      this.#context.replaceChildren()
      return
    }
    const [product, pills] = await Promise.allSettled([
      this.#client.product(productId),
      this.#client.pills(productId),
    ])
    if (this.getAttribute('product-id') !== productId) return
    this.#context.replaceChildren()
    if (product.status === 'fulfilled') {
      const { title, images, variants } = product.value
      const price = variants.map((variant) => variant.price).toSorted((a, b) => a.minor - b.minor)[0]
      this.#context.append(
        h(
          'div',
          { class: 'context-product' },
          pictureView(images[0] ?? null, { pictureUrl }),
          h(
            'span',
            null,
            h('span', { class: 'fine' }, this.words.lookingAt),
            h('span', { class: 'context-title' }, title),
          ),
          price ? h('strong', null, money(price, this.#language())) : null,
        ),
      )
    }
    if (pills.status === 'fulfilled' && pills.value.length > 0) {
      this.#context.append(
        h(
          'ul',
          { class: 'pills scroll' },
          ...pills.value.map((pill) =>
            h(
              'li',
              null,
              h(
                'button',
                {
                  type: 'button',
                  onclick: () =>
                    void this.#answer(pill.question, (signal) => this.#client.pillAnswer(pill.id, signal)),
                },
                pill.question,
              ),
            ),
          ),
        ),
      )
    }
    this.#context.hidden = this.#context.childElementCount === 0
  }

  /** Shows a question and its answer as it comes. One answer at a time: a new question stops the one before. */
  async #answer(message: string, parts: (signal: AbortSignal) => AsyncIterable<AnswerPart>): Promise<void> {
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    this.#showBusy(true)
    this.#log.querySelector('.greeting')?.remove()
    const turn: Turn = { message, parts: [] }
    const view = this.#addTurn(turn)
    view.onRetry = () => void this.#answer(message, parts)
    view.apply({ type: 'data-status', id: 'status', transient: true, data: { text: '…' } })
    this.#scroll(true)
    try {
      for await (const part of parts(abort.signal)) {
        turn.parts.push(part)
        view.apply(part)
        this.#scroll(false)
      }
      view.finish()
    } catch (error) {
      if (abort.signal.aborted) {
        view.apply({ type: 'text-delta', id: 'stopped', delta: this.words.stopped })
        view.finish()
      } else view.fail(error instanceof Error && error.name !== 'TypeError' ? error.message : this.words.lost)
    } finally {
      if (this.#abort === abort) {
        this.#abort = null
        this.#showBusy(false)
      }
      this.#saved.turns.push({ message, parts: compact(turn.parts) })
      saveConversation(storage('sessionStorage'), this.#saved)
      this.#scroll(false)
    }
  }

  #replay(turn: Turn): void {
    const view = this.#addTurn(turn)
    for (const part of turn.parts) view.apply(part)
    view.finish()
  }

  #addTurn(turn: Turn): AnswerView {
    const view = new AnswerView(this.#viewContext())
    this.#log.append(
      h('p', { class: 'asked' }, h('span', { class: 'hidden' }, `${this.words.you}: `), turn.message),
      view.element,
    )
    return view
  }

  /** Keeps the end in sight while the shopper has not scrolled away from it. */
  #scroll(isForced: boolean): void {
    const log = this.#log
    const asked = [...log.querySelectorAll<HTMLElement>('.asked')].at(-1)
    if (isForced && asked) log.scrollTop = asked.offsetTop - log.offsetTop - 12
  }

  #showBusy(isBusy: boolean): void {
    const label = isBusy ? this.words.stop : this.words.send
    this.#send.replaceChildren(icon(isBusy ? 'M6 6h8v8H6z' : 'M10 16V4M5 9l5-5 5 5'))
    this.#send.setAttribute('aria-label', label)
    this.#send.title = label
  }

  #toggle(isOpen: boolean): void {
    if (this.#isOpen === isOpen) return
    this.#isOpen = isOpen
    this.#panel.hidden = !isOpen
    this.#launcher.hidden = isOpen
    this.#launcher.setAttribute('aria-expanded', String(isOpen))
    this.#saved.isOpen = isOpen
    saveConversation(storage('sessionStorage'), this.#saved)
    this.#dock(isOpen)
    if (isOpen) {
      void this.#showContext()
      this.#scroll(true)
    }
    this.dispatchEvent(
      new CustomEvent('heavylift-toggle', { bubbles: true, composed: true, detail: { isOpen } }),
    )
  }

  /** Makes room: the page gets narrower beside the panel instead of lying under it. Phones have a sheet instead. */
  #dock(isOpen: boolean): void {
    document.documentElement.style.setProperty('--heavylift-assistant-room', isOpen ? '416px' : '0px')
    document.documentElement.toggleAttribute('data-heavylift-assistant', isOpen)
    if (!document.querySelector('#heavylift-assistant-room')) {
      const style = h('style', { id: 'heavylift-assistant-room' })
      style.textContent =
        '@media (min-width: 900px) { html[data-heavylift-assistant] body { padding-inline-end: var(--heavylift-assistant-room) } }'
      document.head.append(style)
    }
  }

  #language(): string {
    return this.getAttribute('language') ?? (document.documentElement.lang || navigator.language)
  }

  #viewContext(): ViewContext {
    return {
      words: this.words,
      language: this.#language(),
      nowMs: () => Date.now(),
      isReplay: false,
      pictureUrl,
      cartUrl: this.getAttribute('cart-href'),
      productUrl: (productId, url) =>
        this.getAttribute('product-href')?.replace('{id}', encodeURIComponent(productId)) ?? url,
      openProduct: (productId, variantId) => {
        if (isPhone()) this.#toggle(false)
        return this.dispatchEvent(
          new CustomEvent('heavylift-product', {
            bubbles: true,
            composed: true,
            cancelable: true,
            detail: { productId, variantId },
          }),
        )
      },
      ask: (message) => void this.ask(message),
      confirm: async (confirmationId, accept) => {
        // The confirmation is the operation: the same key, however often it is pressed or sent.
        const result = await this.#client.confirm(confirmationId, accept, confirmationId)
        this.dispatchEvent(
          new CustomEvent('heavylift-confirmed', {
            bubbles: true,
            composed: true,
            detail: { confirmationId, accept, result },
          }),
        )
        return result
      },
    }
  }
}
