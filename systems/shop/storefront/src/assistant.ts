import type { HeavyliftAssistant } from '../assistant/element.ts'

/** The element in the page; null until its script has loaded. */
export function assistant(): HeavyliftAssistant | null {
  const element = document.querySelector('heavylift-assistant')
  return element && 'ask' in element ? (element as HeavyliftAssistant) : null
}

/** Asks the assistant, or opens it when there is nothing to ask. */
export function askAssistant(message: string): void {
  const element = assistant()
  if (message.trim() === '') element?.open()
  else void element?.ask(message)
}

declare module 'react' {
  // oxlint-disable-next-line typescript/no-namespace -- React declares its elements in this namespace.
  namespace JSX {
    interface IntrinsicElements {
      'heavylift-assistant': {
        'product-id'?: string | undefined
        'product-href'?: string
        'cart-href'?: string
        starters?: string
        device?: string
      }
    }
  }
}
