import { useLayoutEffect, useRef } from 'react'
import type { AnswerPart } from '../src/domain/answer.ts'
import { AnswerView } from '../storefront/assistant/answer-view.ts'
import { answerStyles } from '../storefront/assistant/styles-answer.ts'
import type { ViewContext } from '../storefront/assistant/view-context.ts'
import { english } from '../storefront/assistant/words/en.ts'
import { consoleSkin } from './console-skin.ts'

const context: ViewContext = {
  words: english,
  language: 'en',
  nowMs: () => Date.now(),
  productUrl: (productId) => `/shop/catalog/${encodeURIComponent(productId)}`,
  pictureUrl: (image) => image,
  openProduct: () => true,
  ask: () => undefined,
  confirm: () => Promise.reject(new Error('A replay does not act.')),
  cartUrl: null,
  isReplay: true,
}

/** An answer as the shopper saw it, by the very code that drew it for them. Buttons that would act are off. */
export function AnswerReplay({ parts }: { parts: readonly AnswerPart[] }) {
  const host = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = host.current
    if (!element) return
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(consoleSkin + answerStyles)
    root.adoptedStyleSheets = [sheet]
    const view = new AnswerView(context)
    for (const part of parts) view.apply(part)
    root.replaceChildren(view.element)
  }, [parts])
  return <div ref={host} />
}
